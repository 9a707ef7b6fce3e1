#include "base/platform/streams.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>

#include "base/platform/system_error.h"

namespace budgetcheck {

Stream look_at(int descriptor) {
  Stream out;
  out.is_terminal = ::isatty(descriptor) == 1;
  winsize size{};
  if (out.is_terminal && ::ioctl(descriptor, TIOCGWINSZ, &size) == 0) {
    out.columns = size.ws_col;
  }
  return out;
}

SystemResult<> write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      return {};
    } else if (errno != EINTR) {
      return system_error();
    }
  }
  return {};
}

std::string read_piped_input(std::size_t max, std::chrono::milliseconds patience) {
  std::string out;
  if (look_at(kStandardInput).is_terminal) {
    return out;
  }
  char buffer[4096];
  for (;;) {
    pollfd polled{kStandardInput, POLLIN, 0};
    const int ready = ::poll(&polled, 1, static_cast<int>(patience.count()));
    const ssize_t n = ready > 0 ? ::read(kStandardInput, buffer, sizeof buffer) : 0;
    if (n <= 0 || out.size() > max) {
      return out;
    }
    out.append(buffer, static_cast<std::size_t>(n));
  }
}

}  // namespace budgetcheck
