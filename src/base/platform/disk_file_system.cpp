#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <limits>
#include <optional>

#include "base/file_system.h"
#include "base/platform/descriptor.h"
#include "base/platform/read_files.h"
#include "base/platform/stream_content.h"
#include "base/platform/streams.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

Error cannot_open(const std::string& path, int code) {
  std::string hint;
  if (code == ENOENT) {
    hint = "check the path, or the step that should have written it";
  } else if (code == EACCES) {
    hint = "check the file's permissions";
  }
  return {ErrorKind::kInput, std::string("cannot read '") + path + "': " + std::strerror(code), Location::of(path),
          std::move(hint)};
}

/// A mapped regular file, followed by a page of zeros.
class MappedContent final : public FileContent {
 public:
  MappedContent(std::string path, Descriptor file, char* data, std::size_t mapped, const struct stat& stat)
      : path_(std::move(path)),
        file_(std::move(file)),
        data_(data),
        size_(static_cast<std::size_t>(stat.st_size)),
        mapped_(mapped),
        stat_(stat) {}
  ~MappedContent() override { ::munmap(data_, mapped_); }

  std::string_view bytes() const override { return {data_, size_}; }

  void release_before(std::size_t offset) const override {
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const std::size_t end = std::min(offset, size_) / page * page;
    if (end < released_) {
      released_ = 0;  // a second reading: its pages came back and go again
    }
    if (end > released_) {
      ::madvise(data_ + released_, end - released_, MADV_DONTNEED);
      released_ = end;
    }
  }

  std::size_t copy(std::size_t offset, std::size_t size, char* to) const override {
    size = std::min(size, size_ - std::min(offset, size_));
    for (std::size_t have = 0; have < size;) {
      const ssize_t got = ::pread(file_.get(), to + have, size - have, static_cast<off_t>(offset + have));
      if (got == 0) {
        return have;
      }
      if (got < 0 && errno != EINTR) {
        std::memcpy(to + have, data_ + offset + have, size - have);  // a disk that fails says so here too
        return size;
      }
      have += got > 0 ? static_cast<std::size_t>(got) : 0;
    }
    return size;
  }

  bool unchanged() const override {
    struct stat now {};
    return ::stat(path_.c_str(), &now) == 0 && now.st_size == stat_.st_size && now.st_ino == stat_.st_ino &&
           now.st_mtim.tv_sec == stat_.st_mtim.tv_sec && now.st_mtim.tv_nsec == stat_.st_mtim.tv_nsec;
  }

 private:
  std::string path_;
  Descriptor file_;
  char* data_;
  std::size_t size_;
  std::size_t mapped_;
  struct stat stat_;
  mutable std::size_t released_ = 0;
};

std::string kind_word(mode_t mode) {
  if (S_ISFIFO(mode)) {
    return "a named pipe";
  }
  return S_ISSOCK(mode) ? "a socket" : "a device";
}

Expected<std::unique_ptr<FileContent>> map_file(const std::string& path, Descriptor file, const struct stat& stat) {
  // The zero page comes first and the file is laid over it: a scanner that over-reads a file whose size is a
  // multiple of the page size then meets zeros and not an unmapped page.
  const auto size = static_cast<std::size_t>(stat.st_size);
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const std::size_t mapped = (size / page + 2) * page;
  void* reserved = ::mmap(nullptr, mapped, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (reserved == MAP_FAILED) {
    return tl::unexpected(cannot_open(path, errno));
  }
  if (size != 0 && ::mmap(reserved, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, file.get(), 0) == MAP_FAILED) {
    const int code = errno;
    ::munmap(reserved, mapped);
    return tl::unexpected(cannot_open(path, code));
  }
  ::madvise(reserved, mapped, MADV_SEQUENTIAL);
  return std::make_unique<MappedContent>(path, std::move(file), static_cast<char*>(reserved), mapped, stat);
}

Expected<std::unique_ptr<FileContent>> drain(const std::string& path, int stream) {
  StreamRead read = read_stream(stream, kMaxStreamBytes);
  if (read.content != nullptr) {
    return std::move(read.content);
  }
  if (read.error != 0) {
    return tl::unexpected(cannot_open(path, read.error));
  }
  return fail(ErrorKind::kInput,
              fmt::format("the stream brings more than {} GiB, which is its limit", kMaxStreamBytes >> 30),
              Location::of(path), "write it to a file and pass the file's name");
}

/// Only regular files count: a terminal may be read and written.
void remember(const struct stat& stat, const std::string& path) {
  if (S_ISREG(stat.st_mode)) {
    remember_read({stat.st_dev, stat.st_ino}, path);
  }
}

}  // namespace

Expected<std::unique_ptr<FileContent>> DiskFileSystem::open(const std::string& path) const {
  if (path == kNullDevice) {
    return content_from_string("");
  }
  struct stat stat {};
  const std::optional<int> stream = path == "-" ? kStandardInput : stream_of_path(path);
  if ((stream ? ::fstat(*stream, &stat) : ::stat(path.c_str(), &stat)) != 0) {
    return tl::unexpected(cannot_open(path, errno));
  }
  if (S_ISDIR(stat.st_mode)) {
    return fail(ErrorKind::kInput, fmt::format("'{}' is a folder, not a file", path), Location::of(path),
                fmt::format("name the files in it, for example '{}/*.json'", path));
  }
  if (stream) {
    remember(stat, path);
    return drain(path, *stream);
  }
  if (!S_ISREG(stat.st_mode)) {  // whoever opens a named pipe waits for its writer, perhaps for ever
    return fail(ErrorKind::kInput, fmt::format("'{}' is {}, not a file", printable(path), kind_word(stat.st_mode)),
                Location::of(path), "write its content to a file, or pipe it in and give '-' as the input");
  }
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.is_open() || ::fstat(file.get(), &stat) != 0) {
    return tl::unexpected(cannot_open(path, errno));
  }
  if (!S_ISREG(stat.st_mode)) {  // it came in the meantime
    return tl::unexpected(cannot_open(path, EINVAL));
  }
  remember(stat, path);
  return map_file(path, std::move(file), stat);
}

FileKind DiskFileSystem::kind(const std::string& path) const {
  struct stat stat {};
  if (::stat(path.c_str(), &stat) != 0) {
    return FileKind::kMissing;
  }
  if (S_ISREG(stat.st_mode)) {
    return FileKind::kRegular;
  }
  return S_ISDIR(stat.st_mode) ? FileKind::kDirectory : FileKind::kOther;
}

std::uint64_t DiskFileSystem::size(const std::string& path) const {
  struct stat stat {};
  if (::stat(path.c_str(), &stat) != 0 || !S_ISREG(stat.st_mode)) {
    return 0;
  }
  remember(stat, path);
  return static_cast<std::uint64_t>(stat.st_size);
}

std::vector<DirEntry> DiskFileSystem::list(const std::string& path) const {
  std::vector<DirEntry> entries;
  std::error_code code;
  for (std::filesystem::directory_iterator it(path, code), end; !code && it != end; it.increment(code)) {
    std::error_code ignored;
    DirEntry entry{it->path().filename().string(), FileKind::kOther};
    if (it->is_regular_file(ignored)) {
      entry.kind = FileKind::kRegular;
    } else if (!it->is_symlink(ignored) && it->is_directory(ignored)) {
      entry.kind = FileKind::kDirectory;
    }
    entries.push_back(std::move(entry));
  }
  std::sort(entries.begin(), entries.end(), [](const DirEntry& a, const DirEntry& b) { return a.name < b.name; });
  return entries;
}

std::string DiskFileSystem::real_path(const std::string& path) const {
  std::error_code code;
  const auto real = std::filesystem::canonical(path, code);
  return code ? std::string() : real.string();
}

}  // namespace budgetcheck
