#include "cli/init/folder_file_system.h"

#include <algorithm>

namespace budgetcheck {

std::string FolderFileSystem::outside(const std::string& path) const {
  return path.starts_with('/') || path == "-" ? path : join_path(folder_, path);
}

bool FolderFileSystem::is_hidden(const std::string& path) const {
  const std::string clean = join_path(path, "");
  return std::any_of(hidden_.begin(), hidden_.end(),
                     [&](const std::string& folder) { return clean == folder || relative_to(clean, folder) != clean; });
}

Expected<std::unique_ptr<FileContent>> FolderFileSystem::open(const std::string& path) const {
  if (is_hidden(path)) {
    return fail(ErrorKind::kInput, "there is no such file", Location::of(path));
  }
  return files_.open(outside(path));
}

FileKind FolderFileSystem::kind(const std::string& path) const {
  return is_hidden(path) ? FileKind::kMissing : files_.kind(outside(path));
}

std::uint64_t FolderFileSystem::size(const std::string& path) const {
  return is_hidden(path) ? 0 : files_.size(outside(path));
}

std::vector<DirEntry> FolderFileSystem::list(const std::string& path) const {
  std::vector<DirEntry> entries = is_hidden(path) ? std::vector<DirEntry>() : files_.list(outside(path));
  std::erase_if(entries, [&](const DirEntry& entry) { return is_hidden(join_path(path, entry.name)); });
  return entries;
}

std::string FolderFileSystem::real_path(const std::string& path) const {
  const std::string real = is_hidden(path) ? std::string() : files_.real_path(outside(path));
  return real.empty() || real.starts_with('/') ? real : relative_to(real, folder_);
}

}  // namespace budgetcheck
