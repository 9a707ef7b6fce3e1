#include "collect/text/text_lines.h"

#include <algorithm>
#include <cstring>

#include "base/byte_order_mark.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kReleaseStep = std::size_t{4} << 20;
/// Of a line that is too long, enough is shown to see what it was.
constexpr std::size_t kShownOfLong = 1024;

/// The offset of the first line end in `length` bytes from `from`; npos: there is none.
std::size_t find_line_end(std::string_view bytes, std::size_t from, std::size_t length) {
  const void* found = std::memchr(bytes.data() + from, '\n', length);
  return found == nullptr ? std::string_view::npos
                          : static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
}

}  // namespace

TextLines::TextLines(const FileContent& content) : content_(content), bytes_(content.bytes()) {
  next_ = bytes_.size() - without_byte_order_mark(bytes_).size();
}

TextLines::TextLines(const FileContent& content, std::size_t begin, std::size_t end)
    : content_(content), bytes_(content.bytes().substr(0, end)), next_(begin), is_piece_(true) {
  if (begin == 0) {
    next_ = bytes_.size() - without_byte_order_mark(bytes_).size();
  }
}

/// Looks for the line's end and gives back what a very long line leaves behind.
std::size_t TextLines::find_end() {
  for (std::size_t from = begin_; from < bytes_.size(); from += kReleaseStep) {
    const std::size_t length = std::min(kReleaseStep, bytes_.size() - from);
    const std::size_t found = find_line_end(bytes_, from, length);
    if (found != std::string_view::npos) {
      return found;
    }
    if (!is_piece_ && from + length - begin_ > kMaxText) {
      content_.release_before(from);
      released_ = from;
    }
  }
  return bytes_.size();
}

bool TextLines::next() {
  if (next_ >= bytes_.size()) {
    return false;
  }
  begin_ = next_;
  end_ = find_end();
  unended_ = end_ == bytes_.size();
  next_ = end_ + 1;
  ++number_;
  if (end_ > begin_ && bytes_[end_ - 1] == '\r') {
    --end_;
  }
  too_long_ = end_ - begin_ > kMaxText;
  line_ = bytes_.substr(begin_, too_long_ ? kShownOfLong : end_ - begin_);
  // What belongs to one record may still be asked for: it comes back when it is touched.
  if (!is_piece_ && begin_ > released_ + kReleaseStep) {
    content_.release_before(begin_);
    released_ = begin_;
  }
  return true;
}

std::size_t piece_end(const FileContent& content, std::size_t begin, std::size_t size) {
  const std::string_view bytes = content.bytes();
  // Step by step, so that a line without end does not stay in memory.
  for (std::size_t from = begin + size; from < bytes.size(); from += kReleaseStep) {
    const std::size_t found = find_line_end(bytes, from, std::min(kReleaseStep, bytes.size() - from));
    if (found != std::string_view::npos) {
      return found + 1;
    }
    content.release_before(from);
  }
  return bytes.size();
}

std::vector<std::size_t> piece_begins(const FileContent& content, std::size_t size) {
  std::vector<std::size_t> begins{0};
  while (begins.back() < content.bytes().size()) {
    begins.push_back(piece_end(content, begins.back(), size));
  }
  return begins;
}

}  // namespace budgetcheck
