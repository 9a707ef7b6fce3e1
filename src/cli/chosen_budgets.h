#pragma once

#include "base/file_system.h"
#include "cli/options.h"
#include "model/budget.h"

namespace budgetcheck {

/// The budgets file of --budgets, else the one that lies here or in a folder above, else the defaults (with an empty
/// path). Errors (kUsage, all at once): those of finding and of loading it.
ExpectedAll<BudgetsFile> load_chosen_budgets(const FileSystem& files, const Options& options);

}  // namespace budgetcheck
