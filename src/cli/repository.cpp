#include "cli/repository.h"

#include <string>

namespace budgetcheck {

void find_repository(const FileSystem& files, Report& report) {
  const std::string here = files.real_path(".");
  if (here.empty()) {
    return;
  }
  std::string folder = here;
  while (files.kind(join_path(folder, ".git")) == FileKind::kMissing) {
    const std::string above = folder_of(folder);
    if (above == folder) {
      return;
    }
    folder = above;
  }
  report.repository_root = folder;
  report.path_prefix = here == folder ? std::string() : relative_to(here, folder);
}

}  // namespace budgetcheck
