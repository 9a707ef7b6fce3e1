#pragma once

#include <ostream>
#include <string>

#include "model/budget.h"

namespace budgetcheck {

/// Explains a rule, a metric, a verdict code, an exit code ("exit 3"), a budget of the budgets file, a command, an
/// option, a format or a key of the budgets file; everything that goes by this name. Without a name it lists what can
/// be explained. `budgets` is null when there is no budgets file. Returns 0, or 2 when nothing is called so: what may
/// be meant goes to `err`.
int run_explain(const std::string& name, const BudgetsFile* budgets, std::ostream& out, std::ostream& err);

}  // namespace budgetcheck
