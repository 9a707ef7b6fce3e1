#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "detect/detect.h"
#include "model/budget.h"
#include "model/facts.h"
#include "model/report.h"
#include "results/read.h"

namespace budgetcheck {

/// Everything that the head is compared with.
struct Baseline {
  std::optional<Results> results;      ///< of the base; nothing: there are none
  std::optional<BudgetsFile> budgets;  ///< in force at the base; nothing: not known, so no loosened limit can be seen
  std::optional<Results> rerun;        ///< fresh runs of both sides, taken in turns; nothing: none
  std::vector<Results> records;        ///< stored results of the main branch, newest first; empty on other branches
};

struct Judgement {
  std::vector<Verdict> verdicts;  ///< worst first, with what a growth is made of
  Findings findings;              ///< those of detect and those of the stored records, each with its state
  /// What the change takes out of the budgets file besides limits: rules at a lower level, inputs.
  std::vector<std::string> loosened;
  std::vector<std::string> notes;  ///< what changes no verdict but should be known
  std::size_t unbudgeted = 0;      ///< samples that no budget owns
};

/// Everything that is decided about a change: verdicts on its budgets, drift of the main branch, what was loosened, the
/// state of each finding, the causes of growth. `today`: YYYY-MM-DD.
Judgement judge(const BudgetsFile& budgets, const Facts& facts, Findings findings, const Baseline& base,
                const std::string& today);

}  // namespace budgetcheck
