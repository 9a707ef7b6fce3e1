#pragma once

#include "base/file_system.h"
#include "cli/options.h"
#include "report/format.h"

namespace budgetcheck {

/// The gate: inputs to verdicts to reports. Returns the exit code.
int run_check(const FileSystem& files, const Options& options, const Rendering& on_stdout);

}  // namespace budgetcheck
