#include "collect/log_lines.h"

#include <algorithm>
#include <cstring>

namespace budgetcheck {
namespace {

constexpr std::size_t kReleaseStep = std::size_t{4} << 20;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

LogLines::LogLines(const FileContent& content) : content_(content), bytes_(content.bytes()) {
  at_ = bytes_.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
}

bool LogLines::next() {
  if (at_ >= bytes_.size()) {
    return false;
  }
  if (at_ > released_ + kReleaseStep) {
    content_.release_before(at_);
    released_ = at_;
  }
  const std::size_t end = end_of_line();
  ++number_;
  too_long_ = end - at_ > kMaxLine;
  line_ = too_long_ ? std::string_view() : bytes_.substr(at_, end - at_);
  if (line_.ends_with('\r')) {
    line_.remove_suffix(1);
  }
  at_ = end + 1;
  return true;
}

std::size_t LogLines::end_of_line() {
  for (std::size_t from = at_; from < bytes_.size(); from += kReleaseStep) {
    const std::size_t length = std::min(kReleaseStep, bytes_.size() - from);
    const void* found = std::memchr(bytes_.data() + from, '\n', length);
    if (found != nullptr) {
      return static_cast<std::size_t>(static_cast<const char*>(found) - bytes_.data());
    }
    if (from + length - at_ > kMaxLine) {
      content_.release_before(from);
      released_ = from;
    }
  }
  return bytes_.size();
}

}  // namespace budgetcheck
