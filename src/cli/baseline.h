#pragma once

#include "base/file_system.h"
#include "cli/options.h"

namespace budgetcheck {

/// `budgetcheck baseline push RESULTS | show [REV] | prune`: the results that the main branch stored, in
/// refs/notes/budgetcheck. Returns the exit code of the process.
int run_baseline(const FileSystem& files, const Options& options);

}  // namespace budgetcheck
