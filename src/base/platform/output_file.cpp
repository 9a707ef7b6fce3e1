#include "base/platform/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "base/platform/streams.h"
#include "base/platform/system_error.h"

namespace budgetcheck {
namespace {

constexpr mode_t kForAll = 0644;
/// Opening never waits for the other end of a pipe that came in the meantime.
constexpr int kFlags = O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;

/// Why what stands there is not written to; empty: it is a file.
std::string refusal(mode_t mode) {
  if (S_ISLNK(mode)) {
    return "it is a link, which outputs do not follow; name the file itself";
  }
  if (S_ISDIR(mode)) {
    return "Is a directory";
  }
  return S_ISREG(mode) ? "" : "it is a pipe or a device; name a file";
}

}  // namespace

OutputFile::OutputFile(Descriptor file, Existing existing) : file_(std::move(file)), existing_(existing) {}

SystemResult<OutputFile> OutputFile::open_in(OutputPlace place, Existing existing) {
  struct stat stat {};
  const bool is_new = ::fstatat(place.folder.get(), place.name.c_str(), &stat, AT_SYMLINK_NOFOLLOW) != 0;
  if (is_new && errno != ENOENT) {
    return system_error();
  }
  if (!is_new && existing != Existing::kRefused) {
    if (std::string why = refusal(stat.st_mode); !why.empty()) {
      return tl::unexpected(std::move(why));
    }
  }
  const bool creates = is_new || existing == Existing::kRefused;
  const int flags = kFlags | (creates ? O_CREAT | O_EXCL : 0) | (existing == Existing::kAppended ? O_APPEND : 0);
  Descriptor file(::openat(place.folder.get(), place.name.c_str(), flags, kForAll));
  if (!file.is_open() || ::fstat(file.get(), &stat) != 0) {
    return system_error();
  }
  if (std::string why = refusal(stat.st_mode); !why.empty()) {
    return tl::unexpected(std::move(why));
  }
  OutputFile out(std::move(file), existing);
  if (creates) {
    out.made_in_ = std::move(place);
  }
  return out;
}

SystemResult<OutputFile> OutputFile::open(const std::string& path, Existing existing, Missing folders) {
  const std::optional<int> stream = stream_of_path(path);
  if (stream || path == kNullDevice) {
    Descriptor file(stream ? ::fcntl(*stream, F_DUPFD_CLOEXEC, 0) : ::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!file.is_open()) {
      return system_error();
    }
    OutputFile out(std::move(file), existing);
    out.is_stream_ = true;
    return out;
  }
  SystemResult<OutputPlace> place = find_output_place(path, folders);
  return place ? open_in(std::move(*place), existing) : tl::unexpected(std::move(place.error()));
}

SystemResult<> OutputFile::write(std::string_view text) {
  // A stream has nothing to be replaced: what others wrote to it before stays.
  const bool is_cut = existing_ == Existing::kReplaced && !is_stream_;
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

std::optional<FileId> OutputFile::id() const {
  struct stat stat {};
  if (::fstat(file_.get(), &stat) != 0 || !S_ISREG(stat.st_mode)) {
    return std::nullopt;
  }
  return FileId{stat.st_dev, stat.st_ino};
}

void OutputFile::discard() {
  file_.close();
  if (made_in_) {
    ::unlinkat(made_in_->folder.get(), made_in_->name.c_str(), 0);
  }
}

SystemResult<> replace_file(const std::string& path, std::string_view text, unsigned permissions, Missing folders) {
  SystemResult<OutputPlace> place = find_output_place(path, folders);
  if (!place) {
    return tl::unexpected(std::move(place.error()));
  }
  const int folder = place->folder.get();
  const std::string beside = place->name + "." + std::to_string(::getpid()) + ".new";
  ::unlinkat(folder, beside.c_str(), 0);  // of a run that was ended, or put there to be written through
  constexpr mode_t kOwnerOnly = 0600;
  Descriptor file(::openat(folder, beside.c_str(), kFlags | O_CREAT | O_EXCL, kOwnerOnly));
  if (!file.is_open()) {
    return system_error();
  }
  SystemResult<> done = write_all(file.get(), text);
  if (done && (::fchmod(file.get(), permissions) != 0 || !file.close() ||
               ::renameat(folder, beside.c_str(), folder, place->name.c_str()) != 0)) {
    done = system_error();
  }
  if (!done) {
    ::unlinkat(folder, beside.c_str(), 0);
  }
  return done;
}

}  // namespace budgetcheck
