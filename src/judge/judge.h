#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "baseline/base_tree.h"
#include "detect/detect.h"
#include "judge/gate/gate.h"
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
  /// Without results, a limit on growth is an open question: a base is required, or this is a pull request.
  bool is_needed = false;
  std::shared_ptr<const BaseTree> tree;  ///< the files of the base's commit; null: not known
  std::vector<std::string> gate;         ///< how the change alters its own gate, as far as looking for the base showed
};

struct Judgement {
  std::vector<Verdict> verdicts;   ///< worst first, with what a growth is made of
  Findings findings;               ///< those of detect and those of the stored records, each with its state
  std::vector<std::string> gate;   ///< how the change alters its own gate, as in Report
  std::vector<std::string> notes;  ///< what changes no verdict but should be known
  std::size_t unbudgeted = 0;      ///< samples that no budget owns
};

/// Everything that is decided about a change: verdicts on its budgets, drift of the main branch, the state of each
/// finding, the causes of growth. `gate`: what was found about the settings that judge it. `today`: YYYY-MM-DD.
Judgement judge(const BudgetsFile& budgets, const Facts& facts, Findings findings, const Baseline& base, Gate gate,
                const std::string& today);

}  // namespace budgetcheck
