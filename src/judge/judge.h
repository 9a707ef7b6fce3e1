#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/budget.h"
#include "model/facts.h"
#include "model/report.h"
#include "results/read.h"

namespace budgetcheck {

struct JudgeOptions {
  std::string today;  ///< YYYY-MM-DD
  Level fail_level = Level::kError;
  bool require_base = false;
  /// Of the base's budgets file; null: not known, so that no loosened limit can be seen.
  const std::vector<Budget>* base_budgets = nullptr;
  /// Fresh runs of both sides, taken in turns (samples with runs and base_runs); null: none.
  const Results* rerun = nullptr;
};

struct Judgement {
  std::vector<Verdict> verdicts;   ///< worst first
  std::vector<std::string> notes;  ///< what changes no verdict but should be known
  std::size_t unbudgeted = 0;      ///< samples that no budget owns
};

/// One verdict for each sample that a budget owns, and at least one for each budget that has nothing to judge or
/// could not see all that it asks for. `base`: null for none. Whether numbers are comparable is told from facts.env and
/// base->env. Noisy metrics are judged in two passes: what the whole change makes suspicious, then what the fresh runs
/// say of all of it together.
Judgement judge(const BudgetsFile& budgets, const Facts& facts, const Results* base, const JudgeOptions& options);

/// Sets each finding's state against the base's findings by key (everything is new without a base).
void compare_findings(std::vector<Finding>& findings, const Results* base);

/// Fills outcome and exit code from everything in the report, by the precedence of model/exit_code.h.
void decide(Report& report, const JudgeOptions& options);

}  // namespace budgetcheck
