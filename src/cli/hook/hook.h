#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "cli/command_line/command.h"

namespace budgetcheck {

struct HookOptions {
  std::string action;             ///< install, uninstall or run
  std::vector<std::string> rest;  ///< of run: the remote's name and address, as git gives them
  std::string budgets;            ///< empty: looked for here and in the folders above
  std::string app;                ///< empty: the file's project
  std::vector<std::string> in;    ///< of run: the folders that it guards; empty: this one
};

/// `budgetcheck hook install|uninstall|run`.
Command hook_command(const std::shared_ptr<HookOptions>& options);

/// Writes, removes or runs the hook. `run` is what git calls before a push, with its lines on standard input:
/// it fetches nothing, judges the inputs that are there, and exits with 1 or 2 to stop the push. What is not there is
/// said and stops nothing: a clone in which nothing was built must still be able to push.
int run_hook(const FileSystem& files, const HookOptions& options);

}  // namespace budgetcheck
