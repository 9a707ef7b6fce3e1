#include "judge/history/slow_drift.h"

#include <fmt/format.h>

#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "base/units.h"
#include "detect/rule_findings.h"
#include "judge/history/drift.h"

namespace budgetcheck {
namespace {

Finding finding_on(const Rule& rule, const DriftedMetric& metric) {
  const auto& [share, before, now, records] = metric.drift;
  const std::string where = to_string(metric.where);
  Finding finding;
  finding.level = rule.level;
  finding.subject = metric.metric + (where.empty() ? "" : ", " + where);
  finding.message =
      fmt::format("{} drifted from {} to {} ({}% worse) over the last {} stored results of the main branch",
                  printable(finding.subject), format_quantity(before, metric.unit, now),
                  format_quantity(now, metric.unit, before), format_rounded(share * 100, 1), records);
  finding.location = metric.location;
  finding.fix.text =
      "Find with budgetcheck history when it grew, fix the biggest step, and set a limit just above the value that "
      "you want to keep.";
  finding.evidence.details.emplace_back("budget", metric.budget);
  finding.magnitude = share;
  finding.key = finding_key(rule.id, {metric.metric, where});
  return finding;
}

}  // namespace

std::vector<Finding> slow_drift_findings(const BudgetsFile& budgets, const std::vector<Sample>& now,
                                         const std::vector<Results>& newest_first) {
  std::vector<Finding> findings;
  const Rule* rule = budgets.rules.find("slow-drift");
  if (rule == nullptr || rule->level == Level::kOff || newest_first.empty()) {
    return findings;
  }
  std::vector<Finding> found;
  for (const DriftedMetric& metric : find_drift(budgets, now, newest_first)) {
    if (metric.drift.share >= rule->param("min_growth")) {
      found.push_back(finding_on(*rule, metric));
    }
  }
  keep_findings(*rule, std::move(found), findings);
  return findings;
}

}  // namespace budgetcheck
