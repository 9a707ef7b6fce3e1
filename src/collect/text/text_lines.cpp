#include "collect/text/text_lines.h"

#include <algorithm>
#include <cstring>

namespace budgetcheck {
namespace {

constexpr std::size_t kReleaseStep = std::size_t{4} << 20;
/// Of a line that is too long, as much is shown as tells what it was.
constexpr std::size_t kShownOfCut = 1024;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

TextLines::TextLines(const FileContent& content) : content_(content), bytes_(content.bytes()) {
  next_ = bytes_.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
}

/// Looks for the line's end and gives back what a very long line leaves behind.
std::size_t TextLines::find_end() {
  for (std::size_t from = begin_; from < bytes_.size(); from += kReleaseStep) {
    const std::size_t length = std::min(kReleaseStep, bytes_.size() - from);
    const void* found = std::memchr(bytes_.data() + from, '\n', length);
    if (found != nullptr) {
      return static_cast<std::size_t>(static_cast<const char*>(found) - bytes_.data());
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
  cut_ = end_ - begin_ > kMaxText;
  line_ = bytes_.substr(begin_, cut_ ? kShownOfCut : end_ - begin_);
  // What belongs to one record may still be asked for: it comes back when it is touched.
  if (begin_ > released_ + kReleaseStep) {
    content_.release_before(begin_);
    released_ = begin_;
  }
  return true;
}

}  // namespace budgetcheck
