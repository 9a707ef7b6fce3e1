#pragma once

#include <string>

#include "base/error.h"
#include "base/file_system.h"
#include "baseline/base.h"

namespace budgetcheck {

/// `--base FILE`: a results file. Errors: kUsage when it is missing or no results file (the user named it), all at
/// once. The file's own budgets are read along; judging them comes with the rules on loosened budgets. `app`: whose
/// results are wanted of a file that has those of several apps; it may have none of it: then the kind is "none".
ExpectedAll<Base> read_base_file(const FileSystem& files, const std::string& path, const std::string& app);

}  // namespace budgetcheck
