#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "model/budget.h"
#include "model/facts.h"
#include "report/list/list.h"

namespace budgetcheck {

/// Which measurements are wanted.
struct ListFilter {
  std::vector<std::string> metrics;                        ///< globs of which one fits; empty: any
  std::vector<std::pair<std::string, std::string>> where;  ///< label and glob, all of which fit
};

/// Everything that was measured, with the budgets of the file that judge it and a draft of one. Moves from `facts`.
Listing listing_of(Facts facts, const BudgetsFile& budgets);

/// Takes away what the filter leaves out. Errors (kUsage, all at once): a metric that does not exist, a label that
/// nothing has, each with the nearest known one; filters that leave nothing. Where an input could not be read they are
/// kInput, because it may hold what was asked for.
Errors apply_filter(const ListFilter& filter, const MetricCatalogue& catalogue, Listing& listing);

}  // namespace budgetcheck
