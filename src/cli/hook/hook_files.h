#pragma once

#include <string>
#include <vector>

#include "base/error.h"

namespace budgetcheck {

/// What was done about the hook, in a line or a few.
struct HookChange {
  int exit_code = 0;
  std::string text;
};

/// What a hook is to guard.
struct HookScope {
  std::string folder = ".";                   ///< of the budgets file, as seen from the top of the working tree
  bool top_has_budgets = true;                ///< there is a budgets file at the top
  std::vector<std::string> apps_of_top = {};  ///< folders of the apps that it names
};

/// The folders that a hook guards after `scope` was added to those that it did. Of the top, everything that its file
/// names is guarded with it.
std::vector<std::string> guarded_with(const std::vector<std::string>& before, const HookScope& scope);

/// Puts the pre-push hook where git, husky, lefthook or pre-commit will run it, or says which lines to add where the
/// file is not ours to write. A hook that is there already goes on running, before this one. Errors (kUsage): no
/// repository, git cannot be run; (kOutput): a file cannot be written.
Expected<HookChange> install_hook(const std::string& program, const HookScope& scope);

/// Takes out what install_hook wrote, and puts back what was there before.
Expected<HookChange> uninstall_hook();

/// The hook as a script. `program`: a path to fall back on where budgetcheck is not on PATH. `folders`: what it guards.
std::string hook_script(const std::string& program, const std::vector<std::string>& folders);
/// The folders that a script guards; empty: it does not run the hook.
std::vector<std::string> guarded_by(const std::string& script);

}  // namespace budgetcheck
