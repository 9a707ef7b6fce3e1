#include "base/platform/private_secret.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "base/platform/descriptor.h"

namespace budgetcheck {
namespace {

void make_private_folder(const std::string& folder) {
  std::error_code error;
  if (std::filesystem::create_directories(folder, error) && !error) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  }
}

/// Does nothing where there is something already. A run beside this one may read a file that is not written yet, and
/// then has no secret this time.
void make_secret(const std::string& path, std::size_t bytes) {
  std::string secret(bytes, '\0');
  if (::getrandom(secret.data(), bytes, 0) != static_cast<ssize_t>(bytes)) {
    return;
  }
  constexpr mode_t kOwnerOnly = 0600;
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_CREAT | O_EXCL, kOwnerOnly));
  if (file.is_open() && ::write(file.get(), secret.data(), bytes) != static_cast<ssize_t>(bytes)) {
    ::unlink(path.c_str());
  }
}

}  // namespace

std::optional<std::string> read_private(const std::string& path, std::size_t max_bytes) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat stat {};
  constexpr mode_t kOthers = 0077;
  if (!file.is_open() || ::fstat(file.get(), &stat) != 0 || !S_ISREG(stat.st_mode) || stat.st_uid != ::geteuid() ||
      (stat.st_mode & kOthers) != 0 || static_cast<std::size_t>(stat.st_size) > max_bytes) {
    return std::nullopt;
  }
  std::string text(static_cast<std::size_t>(stat.st_size), '\0');
  std::size_t have = 0;
  while (have < text.size()) {
    const ssize_t got = ::read(file.get(), text.data() + have, text.size() - have);
    if (got <= 0) {
      return std::nullopt;
    }
    have += static_cast<std::size_t>(got);
  }
  return text;
}

std::optional<std::string> private_secret(const std::string& path, std::size_t bytes) {
  make_private_folder(std::filesystem::path(path).parent_path().string());
  make_secret(path, bytes);
  std::optional<std::string> kept = read_private(path, bytes);
  return kept && kept->size() == bytes ? kept : std::nullopt;
}

}  // namespace budgetcheck
