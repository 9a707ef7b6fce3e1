#include "base/platform/streams.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <utility>

#include "base/path.h"
#include "base/platform/system_error.h"

namespace budgetcheck {

std::optional<int> stream_of_path(std::string_view path) {
  if (!path.starts_with("/dev/") && !path.starts_with("/proc/")) {
    return std::nullopt;
  }
  const std::string clean = join_path("", path);
  for (const auto& [name, stream] : {std::pair{"/dev/stdin", kStandardInput}, std::pair{"/dev/stdout", kStandardOutput},
                                     std::pair{"/dev/stderr", kStandardError}}) {
    if (clean == name) {
      return stream;
    }
  }
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!clean.starts_with(folder)) {
      continue;
    }
    const char* end = clean.data() + clean.size();
    int number = -1;
    const auto [last, error] = std::from_chars(clean.data() + folder.size(), end, number);
    if (error == std::errc() && last == end && number >= 0) {
      return number;
    }
  }
  return std::nullopt;
}

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
