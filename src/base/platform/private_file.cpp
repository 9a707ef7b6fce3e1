#include "base/platform/private_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "base/platform/descriptor.h"
#include "base/platform/output_file.h"
#include "base/platform/output_place.h"
#include "base/platform/streams.h"
#include "base/platform/system_error.h"

namespace budgetcheck {
namespace {

constexpr mode_t kOwnerOnly = 0600;

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

bool append_private(const std::string& path, std::string_view text) {
  const SystemResult<OutputPlace> place = find_output_place(path, Missing::kMade);
  if (!place) {
    return false;
  }
  Descriptor file(::openat(place->folder.get(), place->name.c_str(),
                           O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_CREAT | O_APPEND, kOwnerOnly));
  struct stat stat {};
  // A named pipe would keep us waiting, and a device takes what it gets.
  const bool is_file = file.is_open() && ::fstat(file.get(), &stat) == 0 && S_ISREG(stat.st_mode);
  const bool written = is_file && ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
  return file.close() && written;
}

bool replace_private(const std::string& path, std::string_view text) {
  return replace_file(path, text, kOwnerOnly).has_value();
}

}  // namespace budgetcheck
