#include "collect/text/text_lines.h"

#include <algorithm>
#include <cstring>

#include "base/byte_order_mark.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kReleaseStep = std::size_t{4} << 20;

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

/// Looks for the line's end and gives back what a very long line leaves behind.
std::size_t TextLines::find_end() {
  for (std::size_t from = begin_; from < bytes_.size(); from += kReleaseStep) {
    const std::size_t length = std::min(kReleaseStep, bytes_.size() - from);
    const std::size_t found = find_line_end(bytes_, from, length);
    if (found != std::string_view::npos) {
      return found;
    }
    if (from + length - begin_ > kMaxText) {
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
  if (begin_ > released_ + kReleaseStep) {
    content_.release_before(begin_);
    released_ = begin_;
  }
  return true;
}

}  // namespace budgetcheck
