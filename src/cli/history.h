#pragma once

#include "base/file_system.h"
#include "cli/options.h"
#include "report/format.h"

namespace budgetcheck {

/// `budgetcheck history [REV]`: how each budget developed on the main branch. Returns the exit code of the process.
int run_history(const FileSystem& files, const Options& options, const Rendering& on_stdout);

}  // namespace budgetcheck
