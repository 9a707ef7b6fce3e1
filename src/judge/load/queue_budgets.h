#pragma once

#include <vector>

#include "model/budget.h"

namespace budgetcheck {

/// The budgets that the section `queues` means: max_depth is one on the deepest reading of queue.depth, max_wait on the
/// longest queue.wait, max_utilisation on queue.utilisation. Their ids are "queues.QUEUE.max_depth" and so on, their
/// owner that of the tier. What is measured of none of the inputs is open, as with any budget.
std::vector<Budget> queue_budgets(const BudgetsFile& budgets);

}  // namespace budgetcheck
