#include "collect/text/log_lines.h"

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

LogLines::LogLines(const FileContent& content, std::size_t begin, std::size_t end)
    : content_(content), bytes_(content.bytes().substr(0, end)), at_(begin), releases_(false) {
  if (begin == 0 && bytes_.starts_with(kByteOrderMark)) {
    at_ = kByteOrderMark.size();
  }
}

void LogLines::release(std::size_t offset) {
  if (releases_) {
    content_.release_before(offset);
  }
  released_ = offset;
}

bool LogLines::next() {
  if (at_ >= bytes_.size()) {
    return false;
  }
  if (at_ > released_ + kReleaseStep) {
    release(at_);
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
      release(from);
    }
  }
  return bytes_.size();
}

std::vector<std::size_t> piece_begins(const FileContent& content, std::size_t size) {
  const std::string_view bytes = content.bytes();
  std::vector<std::size_t> begins{0};
  while (begins.back() < bytes.size()) {
    std::size_t from = begins.back() + size;
    const void* found = nullptr;
    // Step by step, so that a line without end does not stay in memory.
    for (; found == nullptr && from < bytes.size(); from += kReleaseStep) {
      found = std::memchr(bytes.data() + from, '\n', std::min(kReleaseStep, bytes.size() - from));
      if (found == nullptr) {
        content.release_before(from);
      }
    }
    begins.push_back(found == nullptr ? bytes.size()
                                      : static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data()) + 1);
  }
  return begins;
}

}  // namespace budgetcheck
