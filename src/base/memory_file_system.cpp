#include <map>
#include <set>

#include "base/file_system.h"

namespace budgetcheck {
namespace {

class StringContent final : public FileContent {
 public:
  explicit StringContent(std::string_view text) : size_(text.size()), padded_(text) { padded_.append(kGuard, '\0'); }
  std::string_view bytes() const override { return std::string_view(padded_).substr(0, size_); }

 private:
  std::size_t size_;
  std::string padded_;
};

}  // namespace

std::unique_ptr<FileContent> content_from_string(std::string_view text) {
  return std::make_unique<StringContent>(text);
}

struct MemoryFileSystem::Files {
  std::map<std::string, std::string> by_path;
};

MemoryFileSystem::MemoryFileSystem() : files_(std::make_unique<Files>()) {}
MemoryFileSystem::~MemoryFileSystem() = default;

void MemoryFileSystem::add(std::string path, std::string content) {
  files_->by_path[join_path(path, "")] = std::move(content);
}

Expected<std::unique_ptr<FileContent>> MemoryFileSystem::open(const std::string& path) const {
  const auto found = files_->by_path.find(join_path(path, ""));
  if (found == files_->by_path.end()) {
    return fail(ErrorKind::kInput, "cannot read '" + path + "': No such file or directory", Location::of(path),
                "check the path, or the step that should have written it");
  }
  return content_from_string(found->second);
}

FileKind MemoryFileSystem::kind(const std::string& path) const {
  const std::string clean = join_path(path, "");
  if (files_->by_path.contains(clean)) {
    return FileKind::kRegular;
  }
  return clean == "." || !list(clean).empty() ? FileKind::kDirectory : FileKind::kMissing;
}

std::uint64_t MemoryFileSystem::size(const std::string& path) const {
  const auto found = files_->by_path.find(join_path(path, ""));
  return found == files_->by_path.end() ? 0 : found->second.size();
}

std::vector<DirEntry> MemoryFileSystem::list(const std::string& path) const {
  const std::string clean = join_path(path, "");
  const std::string prefix = clean == "." ? "" : clean == "/" ? "/" : clean + "/";
  std::vector<DirEntry> entries;
  std::set<std::string> seen;
  for (const auto& [file, content] : files_->by_path) {
    if (!file.starts_with(prefix) || (prefix.empty() && file.starts_with("/"))) {
      continue;
    }
    const std::string rest = file.substr(prefix.size());
    const std::size_t slash = rest.find('/');
    const std::string name = rest.substr(0, slash);
    if (seen.insert(name).second) {
      entries.push_back({name, slash == std::string::npos ? FileKind::kRegular : FileKind::kDirectory});
    }
  }
  return entries;
}

std::string MemoryFileSystem::real_path(const std::string& path) const {
  return kind(path) == FileKind::kMissing ? std::string() : join_path(path, "");
}

}  // namespace budgetcheck
