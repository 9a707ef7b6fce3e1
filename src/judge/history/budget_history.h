#pragma once

#include <string>
#include <vector>

#include "model/budget.h"
#include "model/facts.h"
#include "model/history.h"
#include "results/read.h"

namespace budgetcheck {

/// One series for each result of the newest record that a budget owns, the nearest to a breach first. `newest_first`:
/// the records of one application. Partial values and records whose clock is ahead of `today` (YYYY-MM-DD) are left
/// out, the latter with a note.
BudgetHistory build_history(const BudgetsFile& budgets, const std::vector<const Results*>& newest_first,
                            const std::string& today);

}  // namespace budgetcheck
