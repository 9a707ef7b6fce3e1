#include "judge/judge.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/append.h"
#include "judge/change/causes.h"
#include "judge/change/finding_states.h"
#include "judge/history/slow_drift.h"
#include "judge/judge_budgets.h"
#include "judge/limits/judge_limits.h"
#include "judge/load/queue_budgets.h"
#include "judge/telemetry/retention_review.h"

namespace budgetcheck {
Judgement judge(const BudgetsFile& given, const Facts& facts, Findings findings, const Baseline& base, Gate gate,
                const std::string& today) {
  std::optional<BudgetsFile> with_queues;
  if (std::vector<Budget> of_queues = queue_budgets(given); !of_queues.empty()) {
    with_queues = given;
    append_to(with_queues->budgets, std::move(of_queues));
  }
  const BudgetsFile& budgets = with_queues ? *with_queues : given;
  const Results* results = base.results ? &*base.results : nullptr;
  Judgement out;
  out.findings = std::move(findings);
  append_to(out.findings.all, slow_drift_findings(budgets, facts.samples, base.records));
  append_to(out.findings.all, retention_review_findings(budgets, today));
  BudgetVerdicts judged = judge_budgets(
      budgets, facts,
      {results, base.budgets ? &base.budgets->budgets : nullptr, base.rerun ? &*base.rerun : nullptr, base.is_needed},
      today);
  LimitsJudgement limits = judge_limits(budgets, facts, judged.verdicts);
  append_to(out.findings.all, std::move(limits.findings));
  std::sort(out.findings.all.begin(), out.findings.all.end(), comes_first);
  compare_findings(out.findings.all, results);

  out.verdicts = std::move(judged.verdicts);
  append_to(out.verdicts, std::move(limits.verdicts));
  append_to(out.verdicts, std::move(gate.verdicts));
  sort_worst_first(out.verdicts);
  out.gate = std::move(gate.remarks);
  append_to(out.gate, std::move(judged.removed));
  out.notes = std::move(judged.notes);
  append_to(out.notes, std::move(limits.notes));
  append_to(out.notes, unseen_requirements(budgets, facts));
  out.unbudgeted = judged.unbudgeted;
  explain_changes(out.verdicts, facts.parts, results == nullptr ? nullptr : &results->parts, out.notes);
  return out;
}

}  // namespace budgetcheck
