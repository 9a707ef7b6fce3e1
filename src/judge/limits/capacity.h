#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "model/budget.h"
#include "model/facts.h"
#include "model/report.h"

namespace budgetcheck {

/// How much the service was shown to serve.
struct ProvenCapacity {
  double per_second = 0;  ///< successes
  std::string test;       ///< of the load test
  std::string route;      ///< of its part; empty: the whole test
  Location location;      ///< of the result
  bool at_most = false;   ///< the budget is not decided: this is proved when it is kept, and less when it is not
};

/// The throughput of the load test (and route) that the budget under limits.capacity is on, when that budget was kept.
/// Errors: why nothing is proved (it is broken, waived or undecided; it is on several tests; no throughput is told),
/// and what to do. `verdicts` are those on budgets. With `undecided_too` a budget that is not decided counts as one
/// that may be kept: what breaks a limit even then breaks it.
Expected<ProvenCapacity> proven_capacity(const BudgetsFile& budgets, const LimitCapacity& capacity, const Facts& facts,
                                         const std::vector<Verdict>& verdicts, bool undecided_too = false);

}  // namespace budgetcheck
