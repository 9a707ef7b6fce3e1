#pragma once

#include <map>
#include <string>

#include "base/file_system.h"

namespace budgetcheck {

/// Another file system with some texts in it that are on no disk. Each has a path of its own, which is in no listing.
class OverlayFileSystem final : public FileSystem {
 public:
  /// `files` outlives this.
  OverlayFileSystem(const FileSystem& files, std::map<std::string, std::string> texts)
      : files_(files), texts_(std::move(texts)) {}

  Expected<std::unique_ptr<FileContent>> open(const std::string& path) const override;
  FileKind kind(const std::string& path) const override;
  std::uint64_t size(const std::string& path) const override;
  std::vector<DirEntry> list(const std::string& path) const override;
  std::string real_path(const std::string& path) const override;

 private:
  const FileSystem& files_;
  std::map<std::string, std::string> texts_;
};

}  // namespace budgetcheck
