#include "judge/decide.h"

#include <gtest/gtest.h>

#include "model/exit_code.h"

namespace budgetcheck {
namespace {

Report report_with(Status status) {
  Report report;
  Verdict verdict;
  verdict.status = status;
  report.verdicts = {verdict};
  return report;
}

int exit_of(Report report, FailurePolicy policy = {}) {
  decide(report, policy);
  return report.exit_code;
}

TEST(Decide, FollowsThePrecedenceOfExitCodes) {
  EXPECT_EQ(exit_of(report_with(Status::kPass)), kExitPass);
  EXPECT_EQ(exit_of(report_with(Status::kWarn)), kExitPass);
  EXPECT_EQ(exit_of(report_with(Status::kWaived)), kExitPass);
  EXPECT_EQ(exit_of(report_with(Status::kInconclusive)), kExitCannotJudge);
  EXPECT_EQ(exit_of(report_with(Status::kFail)), kExitFailed);
  EXPECT_EQ(exit_of(report_with(Status::kError)), kExitUsage);
  Report both = report_with(Status::kInconclusive);
  both.verdicts.push_back(report_with(Status::kFail).verdicts[0]);
  EXPECT_EQ(exit_of(both), kExitFailed);
  both.problems.push_back({ErrorKind::kUsage, "misspelt", {}, ""});
  EXPECT_EQ(exit_of(both), kExitUsage);
}

TEST(Decide, AnInputThatIsNotWhollyReadIsNeverGreen) {
  Report report = report_with(Status::kPass);
  report.inputs.resize(1);
  EXPECT_EQ(exit_of(report), kExitPass);
  report.inputs[0].state = InputState::kIncomplete;
  EXPECT_EQ(exit_of(report), kExitCannotJudge);
}

TEST(Decide, FailLevelMovesTheLine) {
  EXPECT_EQ(exit_of(report_with(Status::kWarn), {Level::kWarning, false}), kExitFailed);
  EXPECT_EQ(exit_of(report_with(Status::kFail), {Level::kOff, false}), kExitPass);
  EXPECT_EQ(exit_of(report_with(Status::kInconclusive), {Level::kOff, false}), kExitCannotJudge);
}

TEST(Decide, ARequiredBaseThatIsMissingIsItsOwnExitCode) {
  EXPECT_EQ(exit_of(report_with(Status::kPass), {Level::kError, true}), kExitNoBase);
  EXPECT_EQ(exit_of(report_with(Status::kFail), {Level::kError, true}), kExitFailed);
}

TEST(Decide, AFindingOfTheBaseDoesNotBlameTheChange) {
  Finding finding;
  finding.level = Level::kError;
  Report report;
  for (const auto& [state, exit_code] : {std::pair{FindingState::kNew, kExitFailed},
                                         {FindingState::kWorse, kExitFailed},
                                         {FindingState::kSame, kExitPass},
                                         {FindingState::kBetter, kExitPass}}) {
    finding.state = state;
    report.findings = {finding};
    EXPECT_EQ(exit_of(report), exit_code) << to_string(state);
  }
}

}  // namespace
}  // namespace budgetcheck
