#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"

namespace budgetcheck {

/// What `init` is about to do.
struct InitPlan {
  int code = 0;      ///< exit code
  std::string text;  ///< of budgets.yml; empty: nothing is written
  std::string out;   ///< for standard output
  std::string err;   ///< for standard error
};

/// Without `from`: looks at the folder, measures what it finds and sets limits from today's numbers. Nothing measured:
/// nothing written, and exit code 3. With `from`: imports these configurations; exit code 2 when there is nothing in
/// them to carry over. A budgets file in the folder is never overwritten (exit code 2).
InitPlan plan_init(const FileSystem& files, const std::vector<std::string>& from);

/// Writes what is planned into the working directory, and says so.
int run_init(const FileSystem& files, const std::vector<std::string>& from);

}  // namespace budgetcheck
