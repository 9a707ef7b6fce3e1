#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "cli/update/passing_limit.h"
#include "cli/update/update.h"

namespace budgetcheck {

/// What becomes of one budget.
struct LimitDecision {
  std::vector<NewLimit> limits;  ///< empty: it stays as it is
  bool is_looser = false;        ///< it needs a reason
  std::string text;              ///< one line for the reader: what changes, or why nothing does
};

/// The limit that `--to` sets, or the nearest that passes when the budget is broken. Errors: kUsage, the limit would
/// not pass or there is none to change; kInput, the budget cannot be measured or judged.
Expected<LimitDecision> decide_limit(const Trial& trial, const UpdateOptions& options);

/// A tighter maximum, where stored results leave room for one at every place that the budget judges. `verdicts`: on the
/// budget.
LimitDecision decide_tighter(const Trial& trial, const std::vector<Verdict>& verdicts);

}  // namespace budgetcheck
