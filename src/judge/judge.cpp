#include "judge/judge.h"

#include <algorithm>
#include <utility>

#include "base/append.h"
#include "judge/change/causes.h"
#include "judge/change/finding_states.h"
#include "judge/change/loosening.h"
#include "judge/history/slow_drift.h"
#include "judge/judge_budgets.h"

namespace budgetcheck {
namespace {

std::vector<std::string> loosened_besides_limits(const BudgetsFile& head, const BudgetsFile& base) {
  std::vector<std::string> notes = loosened_rules(base.document, head.rules);
  append_to(notes, dropped_inputs(base.document, head.inputs));
  return notes;
}

}  // namespace

Judgement judge(const BudgetsFile& budgets, const Facts& facts, Findings findings, const Baseline& base,
                const std::string& today) {
  const Results* results = base.results ? &*base.results : nullptr;
  Judgement out;
  out.findings = std::move(findings);
  append_to(out.findings.all, slow_drift_findings(budgets, facts.samples, base.records));
  std::sort(out.findings.all.begin(), out.findings.all.end(), comes_first);
  compare_findings(out.findings.all, results);

  if (base.budgets) {
    out.loosened = loosened_besides_limits(budgets, *base.budgets);
  }
  BudgetVerdicts judged = judge_budgets(
      budgets, facts, {results, base.budgets ? &base.budgets->budgets : nullptr, base.rerun ? &*base.rerun : nullptr},
      today);
  out.verdicts = std::move(judged.verdicts);
  out.notes = std::move(judged.notes);
  out.unbudgeted = judged.unbudgeted;
  explain_changes(out.verdicts, facts.parts, results == nullptr ? nullptr : &results->parts, out.notes);
  return out;
}

}  // namespace budgetcheck
