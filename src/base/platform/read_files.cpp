#include "base/platform/read_files.h"

#include <map>
#include <mutex>

namespace budgetcheck {
namespace {

struct ReadFiles {
  std::mutex mutex;
  std::map<FileId, std::string> paths;
};

ReadFiles& read_files() {
  static ReadFiles files;
  return files;
}

}  // namespace

void remember_read(const FileId& id, const std::string& path) {
  ReadFiles& files = read_files();
  const std::scoped_lock lock(files.mutex);
  files.paths.try_emplace(id, path);
}

std::string read_as(const FileId& id) {
  ReadFiles& files = read_files();
  const std::scoped_lock lock(files.mutex);
  const auto found = files.paths.find(id);
  return found == files.paths.end() ? std::string() : found->second;
}

void forget_read_files() {
  ReadFiles& files = read_files();
  const std::scoped_lock lock(files.mutex);
  files.paths.clear();
}

}  // namespace budgetcheck
