#pragma once

#include <string>

#include "base/error.h"
#include "base/file_system.h"
#include "model/budget.h"

namespace budgetcheck {

/// The budgets file of `folder`: budgets.yml, .yaml, .json or .jsonc, looked for there and upwards to the folder
/// that holds .git (or the root). Empty when there is none. Two of them side by side: kUsage.
Expected<std::string> find_budgets_file(const FileSystem& files, const std::string& folder);

/// Reads and checks a budgets file: syntax, schema, then meaning. All errors in one go. An unknown metric or a
/// newer version is no error here but a property of the result (`Budget::metric`, see SchemaVersion), because both
/// are verdicts.
ExpectedAll<BudgetsFile> load_budgets(const FileSystem& files, const std::string& path);

/// What is in force without a budgets file: the shipped rules at their defaults, no budgets.
BudgetsFile default_budgets();

}  // namespace budgetcheck
