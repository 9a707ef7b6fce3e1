#include "judge/decide.h"

#include <algorithm>

#include "model/exit_code.h"

namespace budgetcheck {
namespace {

bool any_status(const Report& report, Status status) {
  return std::any_of(report.verdicts.begin(), report.verdicts.end(),
                     [&](const Verdict& verdict) { return verdict.status == status; });
}

/// A finding that the base has as well does not blame this change.
bool counts(const Finding& finding, Level fail_level) {
  const bool ours = finding.state == FindingState::kNew || finding.state == FindingState::kWorse;
  return ours && finding.level >= fail_level;
}

bool failed(const Report& report, Level fail_level) {
  if (fail_level == Level::kOff) {
    return false;
  }
  return any_status(report, Status::kFail) || (fail_level == Level::kWarning && any_status(report, Status::kWarn)) ||
         std::any_of(report.findings.begin(), report.findings.end(),
                     [&](const Finding& finding) { return counts(finding, fail_level); });
}

int exit_code_of(const Report& report, const FailurePolicy& policy) {
  const bool wrong_use = std::any_of(report.problems.begin(), report.problems.end(), [](const Error& problem) {
    return problem.kind == ErrorKind::kUsage || problem.kind == ErrorKind::kOutput;
  });
  if (wrong_use || any_status(report, Status::kError)) {
    return kExitUsage;
  }
  if (failed(report, policy.fail_level)) {
    return kExitFailed;
  }
  const bool input_missing = std::any_of(report.inputs.begin(), report.inputs.end(),
                                         [](const Input& input) { return input.state != InputState::kRead; });
  if (!report.problems.empty() || input_missing || any_status(report, Status::kInconclusive)) {
    return kExitCannotJudge;
  }
  if (policy.require_base && report.base.kind == "none") {
    return kExitNoBase;
  }
  return kExitPass;
}

}  // namespace

void decide(Report& report, const FailurePolicy& policy) {
  report.fail_level = policy.fail_level;
  report.exit_code = exit_code_of(report, policy);
  switch (report.exit_code) {
    case kExitPass:
      report.outcome = Outcome::kPass;
      break;
    case kExitFailed:
      report.outcome = Outcome::kFail;
      break;
    case kExitUsage:
      report.outcome = Outcome::kError;
      break;
    default:
      report.outcome = Outcome::kInconclusive;
  }
}

}  // namespace budgetcheck
