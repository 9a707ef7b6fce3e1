#include "deliver/job_summary.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/text.h"

namespace budgetcheck {

Expected<std::string> append_to_summary(const Variables& variables, const std::string& markdown) {
  const char* path = variables("GITHUB_STEP_SUMMARY");
  if (path == nullptr || *path == '\0') {
    return std::string();
  }
  const auto failed = [&](const std::string& why) {
    return fail(ErrorKind::kOutput, "the job summary '" + printable(path) + "' was not written: " + why, {},
                "check GITHUB_STEP_SUMMARY");
  };
  constexpr mode_t kMode = 0644;
  const int fd = ::open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, kMode);
  if (fd < 0) {
    return failed(std::strerror(errno));
  }
  struct stat stat {};
  const std::string text = "\n" + markdown + "\n";
  const bool known = ::fstat(fd, &stat) == 0 && stat.st_size >= 0;
  if (!known || static_cast<std::size_t>(stat.st_size) + text.size() > kMostSummaryBytes) {
    ::close(fd);
    return failed("it would be larger than 1 MiB, and GitHub would show none of it");
  }
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t n = ::write(fd, text.data() + written, text.size() - written);
    if (n < 0 && errno == EINTR) {
      continue;
    }
    if (n <= 0) {
      const std::string why = std::strerror(errno);
      ::close(fd);
      return failed(why);
    }
    written += static_cast<std::size_t>(n);
  }
  ::close(fd);
  return std::string(path);
}

}  // namespace budgetcheck
