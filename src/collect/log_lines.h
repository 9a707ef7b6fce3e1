#pragma once

#include <cstdint>
#include <string_view>

#include "base/file_system.h"

namespace budgetcheck {

/// Cuts a log into its lines while its pages are given back behind the reader.
class LogLines {
 public:
  /// A longer line is no record: it is passed over, so that memory stays bounded.
  static constexpr std::size_t kMaxLine = std::size_t{32} << 20;

  explicit LogLines(const FileContent& content);

  /// False at the end. A byte-order mark and the line's end are taken away.
  bool next();
  /// Valid until the content dies; followed by readable bytes, but by no NUL. Empty when it is too long.
  std::string_view line() const { return line_; }
  bool too_long() const { return too_long_; }
  std::uint32_t number() const { return number_; }

 private:
  std::size_t end_of_line();

  const FileContent& content_;
  std::string_view bytes_;
  std::string_view line_;
  std::size_t at_ = 0;
  std::size_t released_ = 0;
  std::uint32_t number_ = 0;
  bool too_long_ = false;
};

}  // namespace budgetcheck
