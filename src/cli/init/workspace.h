#pragma once

#include <optional>

#include "base/file_system.h"
#include "cli/init/init.h"

namespace budgetcheck {

/// At the root of a workspace (npm, pnpm, yarn, Lerna, turbo, Nx): a budgets file for each package in whose folder
/// something can be measured, and one here that names them, with what is measured in no such package. One that is there
/// already is named and left as it is. Nothing: there is no such package, and so nothing to name.
std::optional<InitPlan> plan_workspace(const FileSystem& files);

}  // namespace budgetcheck
