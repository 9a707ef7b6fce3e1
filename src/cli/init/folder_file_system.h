#pragma once

#include <set>
#include <string>

#include "base/file_system.h"

namespace budgetcheck {

/// Another file system as it is seen from one of its folders: relative paths begin there.
class FolderFileSystem final : public FileSystem {
 public:
  /// `files` outlives this. `hidden`: folders, as seen from `folder`, that are not there from here.
  FolderFileSystem(const FileSystem& files, std::string folder, std::set<std::string> hidden = {})
      : files_(files), folder_(std::move(folder)), hidden_(std::move(hidden)) {}

  Expected<std::unique_ptr<FileContent>> open(const std::string& path) const override;
  FileKind kind(const std::string& path) const override;
  std::uint64_t size(const std::string& path) const override;
  std::vector<DirEntry> list(const std::string& path) const override;
  std::string real_path(const std::string& path) const override;

 private:
  std::string outside(const std::string& path) const;
  bool is_hidden(const std::string& path) const;

  const FileSystem& files_;
  std::string folder_;
  std::set<std::string> hidden_;
};

}  // namespace budgetcheck
