#include "base/platform/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "base/platform/streams.h"
#include "base/platform/system_error.h"

namespace budgetcheck {
namespace {

int flags_of(OutputFile::Existing existing) {
  switch (existing) {
    case OutputFile::Existing::kAppended:
      return O_APPEND;
    case OutputFile::Existing::kRefused:
      return O_EXCL;
    case OutputFile::Existing::kReplaced:
      break;
  }
  return 0;
}

}  // namespace

OutputFile::OutputFile(Descriptor file, Existing existing) : file_(std::move(file)), existing_(existing) {}

SystemResult<OutputFile> OutputFile::open(const std::string& path, Existing existing) {
  constexpr mode_t kMode = 0644;
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags_of(existing), kMode));
  if (!file.is_open()) {
    return system_error();
  }
  return OutputFile(std::move(file), existing);
}

SystemResult<> OutputFile::write(std::string_view text) {
  struct stat stat {};
  // Pipes and devices have nothing to be replaced, and refuse to be cut.
  const bool is_cut = existing_ == Existing::kReplaced && ::fstat(file_.get(), &stat) == 0 && S_ISREG(stat.st_mode);
  if (is_cut && ::ftruncate(file_.get(), 0) != 0) {
    return system_error();
  }
  return write_all(file_.get(), text);
}

SystemResult<std::uint64_t> OutputFile::size() const {
  struct stat stat {};
  if (::fstat(file_.get(), &stat) != 0) {
    return system_error();
  }
  return static_cast<std::uint64_t>(stat.st_size);
}

}  // namespace budgetcheck
