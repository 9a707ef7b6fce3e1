#pragma once

#include <string>
#include <vector>

#include "model/budget.h"
#include "model/facts.h"
#include "model/finding.h"
#include "model/report.h"

namespace budgetcheck {

struct LimitsJudgement {
  std::vector<Finding> findings;
  std::vector<Verdict> verdicts;   ///< CAPACITY_UNKNOWN, when nothing proves the capacity
  std::vector<std::string> notes;  ///< how the plans fit; what was not judged
};

/// The rules limit-over-capacity, limit-tenant-share and limit-burst-backlog: the plans against what the load test of
/// limits.capacity proved. Exactly as much as is usable is kept. `verdicts` are those on budgets, which come first:
/// without a kept budget nothing is known, and that is a verdict of its own.
/// Formulas, with m = instances where limits hold on each instance, else 1, and C the capacity:
///   peak = m * sum(rate * tenants * active) <= C * (1 - headroom)
///   share of one customer = m * rate / C <= max_share
///   backlog = m * sum(burst * tenants * active) / C <= the budget's latency
LimitsJudgement judge_limits(const BudgetsFile& budgets, const Facts& facts, const std::vector<Verdict>& verdicts);

}  // namespace budgetcheck
