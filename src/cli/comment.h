#pragma once

#include "base/file_system.h"
#include "cli/options.h"

namespace budgetcheck {

/// `budgetcheck comment RESULTS...`. Exit codes: 0 delivered or, unless --strict-delivery, not delivered (which is
/// said, and the Markdown goes to the job summary or standard output); 2 wrong use; 3 results that cannot be read; 5
/// not delivered under --strict-delivery. Never the gate's: that one is check's.
int run_comment(const FileSystem& files, const Options& options);

}  // namespace budgetcheck
