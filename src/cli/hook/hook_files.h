#pragma once

#include <string>

#include "base/error.h"

namespace budgetcheck {

/// What was done about the hook, in a line or a few.
struct HookChange {
  int exit_code = 0;
  std::string text;
};

/// Puts the pre-push hook where git, husky, lefthook or pre-commit will run it, or says which lines to add where the
/// file is not ours to write. A hook that is there already goes on running, before this one. Errors (kUsage): no
/// repository, git cannot be run; (kOutput): a file cannot be written.
Expected<HookChange> install_hook(const std::string& program);

/// Takes out what install_hook wrote, and puts back what was there before.
Expected<HookChange> uninstall_hook();

/// The hook as a script. `program`: a path to fall back on where budgetcheck is not on PATH.
std::string hook_script(const std::string& program);

}  // namespace budgetcheck
