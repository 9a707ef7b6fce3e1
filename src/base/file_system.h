#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/path.h"

namespace budgetcheck {

/// The bytes of one opened file, readable until the object dies.
/// At least kGuard zero bytes follow the last one, so a scanner may over-read and a parser finds a NUL.
class FileContent {
 public:
  static constexpr std::size_t kGuard = 64;

  FileContent() = default;
  FileContent(const FileContent&) = delete;
  FileContent& operator=(const FileContent&) = delete;
  virtual ~FileContent() = default;

  virtual std::string_view bytes() const = 0;

  /// Says that nothing before `offset` is needed in memory for now: this bounds the resident size while a big
  /// file streams past. Views into that part stay valid (the pages come back when touched).
  virtual void release_before(std::size_t /*offset*/) const {}

  /// False when the file changed (size or time of change) since it was opened.
  virtual bool unchanged() const { return true; }

  /// Copies `size` bytes from `offset` on to `to`, and gives how many there were: fewer at the file's end, or where it
  /// was cut since it was opened. Of a file on the disk this costs less than touching as many bytes for the first time.
  virtual std::size_t copy(std::size_t offset, std::size_t size, char* to) const {
    const std::string_view all = bytes();
    return offset < all.size() ? all.copy(to, size, offset) : 0;
  }
};

enum class FileKind { kMissing, kRegular, kDirectory, kOther };

struct DirEntry {
  std::string name;
  FileKind kind = FileKind::kMissing;
};

/// Everything that is read from the disk goes through this, so that tests need no disk.
/// Paths are relative to the file system's root folder or absolute; separators are '/'.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  /// Opens a regular file, or drains a pipe ("-": standard input). Errors: kInput, with the path in location.
  virtual Expected<std::unique_ptr<FileContent>> open(const std::string& path) const = 0;
  virtual FileKind kind(const std::string& path) const = 0;
  /// Size in bytes of a regular file; 0 when there is none.
  virtual std::uint64_t size(const std::string& path) const = 0;
  /// Entries of a folder, sorted by name, without "." and "..". Symbolic links to folders are reported as
  /// kOther, so that a walk cannot loop. Empty when the folder cannot be read.
  virtual std::vector<DirEntry> list(const std::string& path) const = 0;
  /// The path with links resolved; empty when it does not exist.
  virtual std::string real_path(const std::string& path) const = 0;
};

/// The machine's own files.
class DiskFileSystem final : public FileSystem {
 public:
  Expected<std::unique_ptr<FileContent>> open(const std::string& path) const override;
  FileKind kind(const std::string& path) const override;
  std::uint64_t size(const std::string& path) const override;
  std::vector<DirEntry> list(const std::string& path) const override;
  std::string real_path(const std::string& path) const override;
};

/// Files that live in memory, for tests and fuzz targets.
class MemoryFileSystem final : public FileSystem {
 public:
  MemoryFileSystem();
  ~MemoryFileSystem() override;

  void add(std::string path, std::string content);

  Expected<std::unique_ptr<FileContent>> open(const std::string& path) const override;
  FileKind kind(const std::string& path) const override;
  std::uint64_t size(const std::string& path) const override;
  std::vector<DirEntry> list(const std::string& path) const override;
  std::string real_path(const std::string& path) const override;

 private:
  struct Files;
  std::unique_ptr<Files> files_;
};

/// `text` as an opened file; copies it.
std::unique_ptr<FileContent> content_from_string(std::string_view text);

}  // namespace budgetcheck
