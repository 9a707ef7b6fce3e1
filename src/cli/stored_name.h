#pragma once

#include <string>

#include "base/error.h"
#include "base/file_system.h"
#include "model/budget.h"

namespace budgetcheck {

/// Under which name results of this budgets file are stored: `given` (--app), else what the file of the root calls this
/// app, else the file's project; may be empty. Error (kUsage): the file names several apps, and none is given.
Expected<std::string> stored_name(const FileSystem& files, const BudgetsFile& budgets, const std::string& given);

}  // namespace budgetcheck
