#pragma once

#include <string>

#include "base/error.h"
#include "model/budget.h"

// What files of limits share.
namespace budgetcheck {

/// What every such file needs: plans, a key, and what tells the plan of a request. `target` is the one that asks.
Errors missing_for_limits(const BudgetsFile& budgets, const GeneratedTarget& target);

/// "5/s, burst 10, 1200 customers".
std::string plan_summary(const LimitPlan& plan);

}  // namespace budgetcheck
