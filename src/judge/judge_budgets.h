#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/budget.h"
#include "model/facts.h"
#include "model/report.h"
#include "results/read.h"

namespace budgetcheck {

/// What budgets are judged against; each may be null. What is named outlives the call.
struct Reference {
  const Results* base = nullptr;
  /// Of the base's budgets file; null: not known, so that no loosened limit can be seen.
  const std::vector<Budget>* base_budgets = nullptr;
  /// Fresh runs of both sides, taken in turns (samples with runs and base_runs).
  const Results* rerun = nullptr;
  bool needs_base = false;  ///< as in BaseComparison
};

struct BudgetVerdicts {
  std::vector<Verdict> verdicts;   ///< worst first
  std::vector<std::string> notes;  ///< what changes no verdict but should be known
  std::size_t unbudgeted = 0;      ///< samples that no budget owns
  /// Budgets of the base that went with everything that they judged: "it removes the budget 'x', …".
  std::vector<std::string> removed;
};

/// By status; equal ones by how far they are beyond their limits.
void sort_worst_first(std::vector<Verdict>& verdicts);

/// One verdict for each sample that a budget owns, and at least one for each budget that has nothing to judge or
/// could not see everything it asks for. Whether numbers are comparable follows from facts.env and the base's env.
/// Noisy metrics are judged in two passes: what the whole change makes suspicious, then what the fresh runs say of all
/// of it together. `today`: YYYY-MM-DD.
BudgetVerdicts judge_budgets(const BudgetsFile& budgets, const Facts& facts, const Reference& reference,
                             const std::string& today);

}  // namespace budgetcheck
