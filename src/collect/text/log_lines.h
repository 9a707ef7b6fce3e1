#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace budgetcheck {

/// Cuts a log into its lines while its pages are given back behind the reader.
class LogLines {
 public:
  /// A longer line is no record: it is passed over, so that memory stays bounded.
  static constexpr std::size_t kMaxLine = std::size_t{32} << 20;

  explicit LogLines(const FileContent& content);
  /// Only the bytes from `begin` to `end`, both at the beginning of a line; pages are not given back.
  LogLines(const FileContent& content, std::size_t begin, std::size_t end);

  /// False at the end. A byte-order mark and the line's end are taken away.
  bool next();
  /// Valid until the content dies; followed by readable bytes, but by no NUL. Empty when it is too long.
  std::string_view line() const { return line_; }
  bool too_long() const { return too_long_; }
  std::uint32_t number() const { return number_; }

 private:
  std::size_t end_of_line();
  void release(std::size_t offset);

  const FileContent& content_;
  std::string_view bytes_;
  std::string_view line_;
  std::size_t at_ = 0;
  std::size_t released_ = 0;
  std::uint32_t number_ = 0;
  bool too_long_ = false;
  bool releases_ = true;
};

/// Where lines begin that cut the content into pieces of about `size` bytes; 0 is the first, its length the last.
std::vector<std::size_t> piece_begins(const FileContent& content, std::size_t size);

}  // namespace budgetcheck
