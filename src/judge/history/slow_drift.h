#pragma once

#include <vector>

#include "model/budget.h"
#include "model/finding.h"
#include "model/sample.h"
#include "results/read.h"

namespace budgetcheck {

/// The rule slow-drift: one finding for each measured metric that drifted on the main branch by at least the rule's
/// min_growth. None when the rule is off. `newest_first`: the stored results of the main branch before this run.
std::vector<Finding> slow_drift_findings(const BudgetsFile& budgets, const std::vector<Sample>& now,
                                         const std::vector<Results>& newest_first);

}  // namespace budgetcheck
