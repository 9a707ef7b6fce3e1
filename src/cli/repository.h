#pragma once

#include "base/file_system.h"
#include "model/report.h"

namespace budgetcheck {

/// Finds the repository that holds the folder of this run and fills repository_root and path_prefix. Without one both
/// stay empty.
void find_repository(const FileSystem& files, Report& report);

}  // namespace budgetcheck
