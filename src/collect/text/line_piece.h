#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace budgetcheck {

/// The lines of a file that begin in one stretch of it. Stretches that lie side by side have all of its lines, each
/// once, with the ends and the limit of TextLines; they can be read in any order. The lines are a copy: see
/// FileContent::copy.
class LinePiece {
 public:
  /// Begins with the first line that begins in `size` bytes from `begin` on; `size` is more than a byte-order mark has.
  /// Memory is used again.
  void load(const FileContent& content, std::size_t begin, std::size_t size);

  /// False when no line is left.
  bool next();
  /// The current line, without its end; only the beginning of one that is too long. FileContent::kGuard readable bytes
  /// follow it.
  std::string_view line() const { return line_; }
  bool too_long() const { return too_long_; }
  std::uint32_t number() const { return number_; }  ///< from 1, in this piece

  /// All that follows the current line; guarded likewise.
  std::string_view rest() const { return {buffer_.data() + next_, size_ - next_}; }
  /// In place of next(), for who found the end of the next line: it has `size` bytes, of which `end` are its end.
  void pass(std::size_t size, std::size_t end) {
    line_ = {buffer_.data() + next_, size - end};
    too_long_ = false;
    next_ += size;
    ++number_;
  }

 private:
  void read_to(const FileContent& content, std::size_t size);
  void read_last_line(const FileContent& content);

  std::vector<char> buffer_;
  std::size_t from_ = 0;  ///< offset of what the buffer holds
  std::size_t size_ = 0;
  std::size_t next_ = 0;
  std::string_view line_;
  std::uint32_t number_ = 0;
  bool too_long_ = false;
};

}  // namespace budgetcheck
