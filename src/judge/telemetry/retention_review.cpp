#include "judge/telemetry/retention_review.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/date.h"
#include "base/text.h"
#include "detect/rule_findings.h"

namespace budgetcheck {
namespace {

Finding finding_of(const Rule& rule, std::string check, std::string message, std::string fix, Location location) {
  Finding finding;
  finding.rule = rule.id;
  finding.level = rule.level;
  finding.subject = "telemetry.retention";
  finding.message = std::move(message);
  finding.location = std::move(location);
  finding.evidence.input = finding.location.file;
  finding.evidence.line = finding.location.line;
  finding.key = finding_key(rule.id, {check});
  finding.evidence.details = {{"check", std::move(check)}};
  finding.fix.text = std::move(fix);
  return finding;
}

}  // namespace

std::vector<Finding> retention_review_findings(const BudgetsFile& budgets, const std::string& today) {
  std::vector<Finding> kept;
  const Rule* rule = budgets.rules.find("retention-review-due");
  if (rule == nullptr || rule->level == Level::kOff || !budgets.telemetry.retention) {
    return kept;
  }
  const Retention& retention = *budgets.telemetry.retention;
  std::vector<Finding> found;
  std::vector<std::string> missing;
  if (retention.approved_by.empty()) {
    missing.emplace_back("who agreed to it (approved_by)");
  }
  if (retention.review_by.empty()) {
    missing.emplace_back("when it is reviewed (review_by)");
  }
  if (!missing.empty()) {
    found.push_back(finding_of(*rule, "missing",
                               fmt::format("the retention of telemetry does not say {}", join(missing, " or ")),
                               "Write approved_by: and review_by: YYYY-MM-DD beside it, with the answer of whoever "
                               "is responsible for the data.",
                               retention.location));
  }
  if (!retention.review_by.empty() && retention.review_by < today) {
    const long days = day_number(today).value_or(0) - day_number(retention.review_by).value_or(0);
    found.push_back(finding_of(
        *rule, "due",
        fmt::format(
            "the retention of telemetry was to be reviewed by {}, {} ago{}", retention.review_by,
            counted(static_cast<std::size_t>(std::max(days, 0L)), "day"),
            retention.approved_by.empty() ? "" : fmt::format(" (approved by {})", printable(retention.approved_by))),
        "Agree on it again, and write the new review_by.", retention.review_location));
  }
  keep_findings(*rule, std::move(found), kept);
  return kept;
}

std::vector<std::string> unseen_requirements(const BudgetsFile& budgets, const Facts& facts) {
  std::vector<std::string> notes;
  const Telemetry& telemetry = budgets.telemetry;
  const bool of_logs =
      std::any_of(telemetry.required.begin(), telemetry.required.end(),
                  [](const TelemetryRequirement& one) { return one.on == TelemetryRequirement::On::kLog; });
  const bool unread = std::any_of(facts.inputs.begin(), facts.inputs.end(),
                                  [](const Input& input) { return input.state == InputState::kUnreadable; });
  if (of_logs && facts.logs.loggers.empty() && !unread) {
    notes.emplace_back(
        "the budgets file requires attributes of log records, and no input holds any (pass what the program logs, one "
        "record a line as JSON)");
  }
  return notes;
}

}  // namespace budgetcheck
