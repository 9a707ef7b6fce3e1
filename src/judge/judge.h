#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/budget.h"
#include "model/facts.h"
#include "model/report.h"
#include "model/results.h"

namespace budgetcheck {

struct JudgeOptions {
  std::string today;  ///< YYYY-MM-DD
  Level fail_level = Level::kError;
  bool require_base = false;
};

/// One verdict for each (budget, sample it owns), and one for each budget that has nothing to judge. Worst first.
/// `base`: null for none.
std::vector<Verdict> judge(const BudgetsFile& budgets, const Facts& facts, const Results* base,
                           const JudgeOptions& options);

/// Sets each finding's state against the base's findings (new without a base).
void compare_findings(std::vector<Finding>& findings, const Results* base);

/// Fills outcome and exit code from everything in the report, by the precedence of model/exit_code.h.
void decide(Report& report, const JudgeOptions& options, bool base_found);

}  // namespace budgetcheck
