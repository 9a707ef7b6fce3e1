#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace budgetcheck {

/// Walks through the first lines of a file, for recognisers: of its head, which may break off in a line.
class FirstLines {
 public:
  /// At most `most` lines of `head`.
  explicit FirstLines(std::string_view head, std::size_t most = SIZE_MAX) : rest_(head), left_(most) {}

  /// False when no line is left.
  bool next();
  /// The current line, without its end.
  std::string_view line() const { return line_; }
  /// False for a last line that no line end follows: it may be cut off.
  bool ended() const { return ended_; }
  /// The current line in memory of its own, with FileContent::kGuard zero bytes behind it for scanners that read a few
  /// bytes too many. Valid until the next call.
  std::string_view guarded();

 private:
  std::string_view rest_;
  std::string_view line_;
  std::size_t left_;
  bool ended_ = false;
  std::string copy_;
};

}  // namespace budgetcheck
