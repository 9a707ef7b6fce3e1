#include "base/overlay_file_system.h"

namespace budgetcheck {

Expected<std::unique_ptr<FileContent>> OverlayFileSystem::open(const std::string& path) const {
  const auto found = texts_.find(path);
  return found == texts_.end() ? files_.open(path) : content_from_string(found->second);
}

FileKind OverlayFileSystem::kind(const std::string& path) const {
  return texts_.contains(path) ? FileKind::kRegular : files_.kind(path);
}

std::uint64_t OverlayFileSystem::size(const std::string& path) const {
  const auto found = texts_.find(path);
  return found == texts_.end() ? files_.size(path) : found->second.size();
}

std::vector<DirEntry> OverlayFileSystem::list(const std::string& path) const { return files_.list(path); }

std::string OverlayFileSystem::real_path(const std::string& path) const {
  return texts_.contains(path) ? path : files_.real_path(path);
}

}  // namespace budgetcheck
