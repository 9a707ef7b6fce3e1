#pragma once

#include "base/file_system.h"
#include "cli/options.h"

namespace budgetcheck {

/// `budgetcheck calibrate A B`: how often the settings cry wolf. Returns the exit code of the process.
int run_calibrate(const FileSystem& files, const Options& options);

}  // namespace budgetcheck
