#include "base/platform/stream_content.h"

#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace budgetcheck {
namespace {

constexpr std::size_t kFirst = std::size_t{1} << 20;

}  // namespace

GrowingContent::~GrowingContent() {
  if (data_ != nullptr) {
    ::munmap(data_, mapped_);
  }
}

bool GrowingContent::make_room() {
  if (data_ != nullptr && size_ + kGuard < mapped_) {
    return true;
  }
  const std::size_t wanted = std::max(kFirst, mapped_ * 2);
  void* grown = data_ == nullptr ? ::mmap(nullptr, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                                 : ::mremap(data_, mapped_, wanted, MREMAP_MAYMOVE);
  if (grown == MAP_FAILED) {
    return false;
  }
  data_ = static_cast<char*>(grown);
  mapped_ = wanted;
  return true;
}

StreamRead read_stream(int descriptor, std::size_t max) {
  auto content = std::make_unique<GrowingContent>();
  for (;;) {
    if (!content->make_room()) {
      return {nullptr, errno};
    }
    const std::size_t left = max - content->bytes().size();
    const ssize_t got = ::read(descriptor, content->end(), std::min(content->room(), left + 1));
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {  // whoever shares it does not want to wait; we do
      pollfd polled{descriptor, POLLIN, 0};
      ::poll(&polled, 1, -1);
    } else if (got < 0 && errno != EINTR) {
      return {nullptr, errno};
    } else if (got == 0) {
      return {std::move(content), 0};
    } else if (got > 0 && static_cast<std::size_t>(got) > left) {
      return {nullptr, 0};
    } else if (got > 0) {
      content->add(static_cast<std::size_t>(got));
    }
  }
}

}  // namespace budgetcheck
