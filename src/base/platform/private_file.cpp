#include "base/platform/private_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "base/platform/descriptor.h"
#include "base/platform/streams.h"
#include "base/platform/system_error.h"

namespace budgetcheck {
namespace {

/// Without waiting for the other end of a pipe.
bool write_whole(const std::string& path, int flags, std::string_view text) {
  constexpr mode_t kOwnerOnly = 0600;
  constexpr int kCarefully = O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_CREAT;
  Descriptor file(::open(path.c_str(), kCarefully | flags, kOwnerOnly));
  struct stat stat {};
  const bool is_file = file.is_open() && ::fstat(file.get(), &stat) == 0 && S_ISREG(stat.st_mode);
  const bool written = is_file && ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
  return file.close() && written;
}

}  // namespace

TemporaryFile::TemporaryFile(std::string path) : path_(std::move(path)) {}

TemporaryFile::TemporaryFile(TemporaryFile&& other) noexcept : path_(std::exchange(other.path_, {})) {}

TemporaryFile::~TemporaryFile() {
  if (!path_.empty()) {
    ::unlink(path_.c_str());
  }
}

SystemResult<TemporaryFile> TemporaryFile::create(std::string_view content) {
  const char* folder = std::getenv("TMPDIR");
  std::string path = std::string(folder == nullptr || *folder == '\0' ? "/tmp" : folder) + "/budgetcheck-XXXXXX";
  const Descriptor file(::mkostemp(path.data(), O_CLOEXEC));
  if (!file.is_open()) {
    return system_error();
  }
  TemporaryFile made(std::move(path));
  if (SystemResult<> written = write_all(file.get(), content); !written) {
    return tl::unexpected(std::move(written.error()));
  }
  return made;
}

bool append_private(const std::string& path, std::string_view text) { return write_whole(path, O_APPEND, text); }

bool replace_private(const std::string& path, std::string_view text) {
  const std::string beside = path + "." + std::to_string(::getpid());
  const bool replaced = write_whole(beside, O_TRUNC, text) && std::rename(beside.c_str(), path.c_str()) == 0;
  if (!replaced) {
    ::unlink(beside.c_str());
  }
  return replaced;
}

}  // namespace budgetcheck
