#pragma once

#include "base/file_system.h"
#include "cli/options.h"
#include "report/format.h"

namespace budgetcheck {

/// `budgetcheck compare BASE HEAD`: what differs between two results files, reports or commits. Returns the exit
/// code of the process.
int run_compare(const FileSystem& files, const Options& options, const Rendering& on_stdout);

}  // namespace budgetcheck
