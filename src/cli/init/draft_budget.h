#pragma once

#include <string>

#include "budget/import/write_budgets.h"
#include "model/labels.h"
#include "model/metric.h"

namespace budgetcheck {

/// A budget on what has exactly these labels, with a limit that `value` keeps and that is read back as it is written:
/// as init sets it, on the metric's own side. `runs`: behind the value. Nothing can be written: no limit, and
/// `why_not` says why.
DraftBudget draft_budget(const Metric& metric, const Labels& where, double value, const Runs& runs,
                         std::string& why_not);

}  // namespace budgetcheck
