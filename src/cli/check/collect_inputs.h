#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/variables.h"
#include "model/budget.h"
#include "model/facts.h"

namespace budgetcheck {

/// The folder for what runs keep between them: BUDGETCHECK_CACHE_DIR, else the user's cache folder by the XDG rules.
/// Empty: there is none, or BUDGETCHECK_CACHE_DIR is "none".
std::string cache_folder(const Variables& variables);

/// Whether a budget or a rule of the file is on bundle.brotli. A file without budgets asks for everything.
bool asks_for_brotli(const BudgetsFile& budgets);

/// Reads the inputs with the user's cache of compressed sizes, and keeps the new ones there. Without `brotli` sizes by
/// brotli of big builds are not made: they take nearly all of the time.
Facts collect_inputs(const FileSystem& files, const std::vector<InputSpec>& inputs,
                     const std::vector<std::string>& routes, bool brotli = true);

}  // namespace budgetcheck
