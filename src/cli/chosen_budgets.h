#pragma once

#include <string>

#include "base/file_system.h"
#include "model/budget.h"

namespace budgetcheck {

/// The path of the budgets file: `given` (--budgets), else the file in `folder` or in a folder above it. Empty: there
/// is none. Errors (kUsage): more than one that could be meant.
Expected<std::string> choose_budgets(const FileSystem& files, const std::string& given,
                                     const std::string& folder = ".");

/// Loads the chosen file, or the defaults (with an empty path) when there is none. Errors (kUsage, all at once): those
/// of finding and of loading it.
ExpectedAll<BudgetsFile> load_chosen_budgets(const FileSystem& files, const std::string& given);

/// The same for commands that cannot do without a file: when there is none, that is an error with this hint.
ExpectedAll<BudgetsFile> load_own_budgets(const FileSystem& files, const std::string& given, const std::string& folder,
                                          const std::string& hint);

}  // namespace budgetcheck
