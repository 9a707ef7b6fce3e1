#pragma once

#include <string>

#include "base/error.h"
#include "base/file_system.h"
#include "model/report.h"
#include "model/results.h"

namespace budgetcheck {

/// What the head is compared with, and how it was found.
struct Base {
  BaseInfo info;
  Results results;
};

/// `--base FILE`: a results file. Errors: kUsage when it is missing or no results file (the user named it), all at
/// once. The file's own budgets are read along; judging them comes with the rules on loosened budgets.
ExpectedAll<Base> read_base_file(const FileSystem& files, const std::string& path);

}  // namespace budgetcheck
