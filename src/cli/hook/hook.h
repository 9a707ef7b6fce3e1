#pragma once

#include "base/file_system.h"
#include "cli/options.h"

namespace budgetcheck {

/// `budgetcheck hook install|uninstall|run`. `run` is what git calls before a push, with its lines on standard input:
/// it fetches nothing, judges the inputs that are there, and exits with 1 or 2 to stop the push. What is not there is
/// said and stops nothing: a clone in which nothing was built must still be able to push.
int run_hook(const FileSystem& files, const Options& options);

}  // namespace budgetcheck
