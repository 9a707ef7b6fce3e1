#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/file_system.h"

namespace budgetcheck {

/// Walks through the lines of a file of any size and gives back the memory of what has passed. Line ends are \n or
/// \r\n; a byte-order mark at the beginning is not part of the first line.
class TextLines {
 public:
  /// A longer line, or a longer run of lines that belong together, is not looked at, so that memory stays bounded.
  static constexpr std::size_t kMaxText = std::size_t{32} << 20;

  /// Of such a line this much is shown, enough to see what it was.
  static constexpr std::size_t kShownOfLong = 1024;

  explicit TextLines(const FileContent& content);

  /// False when no line is left.
  bool next();
  /// The current line, without its end; only the beginning of one that is too long. Valid until the content dies;
  /// readable bytes follow it, but not a NUL.
  std::string_view line() const { return line_; }
  bool too_long() const { return too_long_; }
  std::uint32_t number() const { return number_; }  ///< from 1
  std::size_t begin() const { return begin_; }      ///< offset of the current line
  std::size_t end() const { return end_; }          ///< offset behind it, without its end
  /// True for a last line that no line end follows.
  bool unended() const { return unended_; }
  /// What lies between two offsets; pages that were given back come again.
  std::string_view between(std::size_t from, std::size_t to) const { return bytes_.substr(from, to - from); }

 private:
  std::size_t find_end();

  const FileContent& content_;
  std::string_view bytes_;
  std::string_view line_;
  std::size_t next_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t released_ = 0;
  std::uint32_t number_ = 0;
  bool too_long_ = false;
  bool unended_ = false;
};

}  // namespace budgetcheck
