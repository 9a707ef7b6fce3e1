#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/variables.h"
#include "collect/format.h"
#include "model/budget.h"
#include "model/facts.h"

namespace budgetcheck {

/// The folder for what runs keep between them: BUDGETCHECK_CACHE_DIR, else the user's cache folder by the XDG rules.
/// Empty: there is none, or BUDGETCHECK_CACHE_DIR is "none".
std::string cache_folder(const Variables& variables);

/// The metrics that budgets and rules of the file are on. A file without budgets wants everything.
Wishes wishes_of(const BudgetsFile& budgets);

/// Reads the inputs with the user's cache of compressed sizes, and keeps the new ones there. What nobody wishes and
/// takes much time (sizes by brotli of big builds) is not measured.
Facts collect_inputs(const FileSystem& files, const std::vector<InputSpec>& inputs,
                     const std::vector<std::string>& routes, const Wishes& wishes = {});

}  // namespace budgetcheck
