#include "judge/judge.h"

#include <gtest/gtest.h>

#include "model/exit_code.h"

namespace budgetcheck {
namespace {

Metric bytes_metric() {
  Metric metric;
  metric.id = "bundle.raw";
  metric.unit = Unit::kBytes;
  metric.metric_class = MetricClass::kBytes;
  metric.floor_absolute = 1024;
  metric.floor_relative = 0.01;
  return metric;
}

Budget budget_on(const Metric& metric, double max) {
  Budget budget;
  budget.id = "the-budget";
  budget.metric_id = metric.id;
  budget.metric = metric;
  budget.max = max;
  return budget;
}

Sample bytes(double value, Labels where = {{"entry", "main"}}) {
  Sample sample;
  sample.metric = "bundle.raw";
  sample.where = std::move(where);
  sample.unit = Unit::kBytes;
  sample.value = value;
  return sample;
}

struct World {
  BudgetsFile budgets;
  Facts facts;
  Results base;
  bool has_base = false;

  Judgement judge_all(const std::string& today = "2026-11-23") {
    return judge(budgets, facts, has_base ? &base : nullptr, {today, Level::kError, false, nullptr});
  }
  Verdict only() {
    const Judgement judgement = judge_all();
    EXPECT_EQ(judgement.verdicts.size(), 1U);
    return judgement.verdicts.empty() ? Verdict{} : judgement.verdicts.front();
  }
};

World with_value(double value, double max) {
  World world;
  world.budgets.budgets = {budget_on(bytes_metric(), max)};
  world.facts.samples = {bytes(value)};
  return world;
}

TEST(Judge, OneByteOverTheLimitFails) {
  const Verdict verdict = with_value(170001, 170000).only();
  EXPECT_EQ(verdict.status, Status::kFail);
  EXPECT_EQ(verdict.code, "LIMIT_EXCEEDED");
  EXPECT_NE(verdict.message.find("170.001 kB"), std::string::npos) << verdict.message;
}

TEST(Judge, ExactlyOnTheLimitPasses) {
  World world = with_value(170000, 170000);
  world.has_base = true;
  world.base.samples = {bytes(170000)};
  EXPECT_EQ(world.only().code, "OK");
  EXPECT_EQ(world.only().status, Status::kPass);
}

TEST(Judge, WithoutABaseAPassSaysSo) {
  EXPECT_EQ(with_value(1, 2).only().code, "NO_BASE");
  EXPECT_EQ(with_value(1, 2).only().status, Status::kPass);
}

TEST(Judge, AMinimumIsBrokenFromBelow) {
  World world = with_value(5, 0);
  world.budgets.budgets[0].max.reset();
  world.budgets.budgets[0].min = 6;
  EXPECT_EQ(world.only().code, "LIMIT_EXCEEDED");
  world.budgets.budgets[0].min = 5;
  EXPECT_EQ(world.only().status, Status::kPass);
}

TEST(Judge, GrowthOfBytesMustPassBothFloors) {
  World world = with_value(102400, 1e9);
  world.has_base = true;
  world.base.samples = {bytes(101377)};  // +1023 B: below 1024 B
  EXPECT_EQ(world.only().code, "GREW_BELOW_FLOOR");
  world.base.samples = {bytes(101376)};  // +1024 B and +1.01 %
  EXPECT_EQ(world.only().code, "REGRESSED");
  world.facts.samples = {bytes(1001024)};
  world.base.samples = {bytes(1000000)};  // +1024 B but only +0.1 %
  EXPECT_EQ(world.only().code, "GREW_BELOW_FLOOR");
}

TEST(Judge, MaxIncreaseReplacesTheFloorsAndNeedsAllItsParts) {
  World world = with_value(1100, 1e9);
  world.has_base = true;
  world.base.samples = {bytes(1000)};
  world.budgets.budgets[0].max_increase = Increase{0.05, 200.0};
  EXPECT_EQ(world.only().status, Status::kPass);
  world.budgets.budgets[0].max_increase = Increase{0.05, 99.0};
  EXPECT_EQ(world.only().code, "REGRESSED");
  world.budgets.budgets[0].max_increase = Increase{0.10, std::nullopt};
  EXPECT_EQ(world.only().status, Status::kPass) << "exactly what is allowed is allowed";
}

TEST(Judge, ABreachThatTheBaseHasTooIsAWarning) {
  World world = with_value(200, 100);
  world.has_base = true;
  world.base.samples = {bytes(200)};
  EXPECT_EQ(world.only().code, "PREEXISTING_BREACH");
  EXPECT_EQ(world.only().status, Status::kWarn);
  world.base.samples = {bytes(199)};
  EXPECT_EQ(world.only().code, "LIMIT_EXCEEDED") << "this change made it worse";
}

TEST(Judge, AWarningBudgetWarns) {
  World world = with_value(2, 1);
  world.budgets.budgets[0].level = Level::kWarning;
  EXPECT_EQ(world.only().status, Status::kWarn);
}

TEST(Judge, EnforceFromIsAWarningUntilThatDay) {
  World world = with_value(2, 1);
  world.budgets.budgets[0].enforce_from = "2026-12-01";
  const Verdict before = world.judge_all("2026-11-30").verdicts[0];
  EXPECT_EQ(before.status, Status::kWarn);
  EXPECT_EQ(before.enforced_from, "2026-12-01");
  const Verdict after = world.judge_all("2026-12-01").verdicts[0];
  EXPECT_EQ(after.status, Status::kFail);
  EXPECT_EQ(after.enforced_from, "");
}

TEST(Judge, ALowerBoundBreaksALimitButNeverKeepsOne) {
  World world = with_value(50, 100);
  world.facts.samples[0].lower_bound = true;
  world.facts.samples[0].lower_bound_reason = "2 files are missing";
  EXPECT_EQ(world.only().status, Status::kInconclusive);
  EXPECT_NE(world.only().message.find("2 files are missing"), std::string::npos);
  world.budgets.budgets[0].max = 49;
  EXPECT_EQ(world.only().status, Status::kFail);
  world.budgets.budgets[0].max.reset();
  world.budgets.budgets[0].min = 50;
  EXPECT_EQ(world.only().status, Status::kPass) << "at least 50 is at least 50";
}

TEST(Judge, ABudgetThatMatchesNothingIsAnErrorWithTheNearestName) {
  World world = with_value(1, 2);
  world.budgets.budgets[0].where = {{"entry", "mian"}};
  const Verdict verdict = world.only();
  EXPECT_EQ(verdict.status, Status::kError);
  EXPECT_EQ(verdict.code, "NO_MATCH");
  EXPECT_NE(verdict.hint.find("'main'"), std::string::npos) << verdict.hint;
}

TEST(Judge, ABudgetOnABrokenInputIsInconclusiveNotWrong) {
  World world = with_value(1, 2);
  world.facts.samples.clear();
  Input input;
  input.path = "stats.json";
  input.state = InputState::kUnreadable;
  input.message = "the file is empty";
  world.facts.inputs = {input};
  const Verdict verdict = world.only();
  EXPECT_EQ(verdict.status, Status::kInconclusive);
  EXPECT_NE(verdict.message.find("stats.json: the file is empty"), std::string::npos) << verdict.message;
}

TEST(Judge, ABrokenInputOfAnotherFamilyExcusesNothing) {
  World world = with_value(1, 2);
  world.facts.samples.clear();
  Input input;
  input.path = "lhr.json";
  input.state = InputState::kIncomplete;
  input.families = {"lighthouse."};
  world.facts.inputs = {input};
  EXPECT_EQ(world.only().status, Status::kError);
}

TEST(Judge, AMetricThatCanNeverBeMeasuredIsAnErrorWithItsReason) {
  World world = with_value(1, 2);
  world.facts.samples.clear();
  world.facts.unmeasured = {{"bundle.raw", {}, "this version has no such audit", "use the successor", {}, false}};
  const Verdict verdict = world.only();
  EXPECT_EQ(verdict.status, Status::kError);
  EXPECT_NE(verdict.message.find("no such audit"), std::string::npos);
}

TEST(Judge, APlaceThatCouldNotBeMeasuredIsSaidBesideTheOthers) {
  World world = with_value(1, 2);
  world.facts.unmeasured = {{"bundle.", {{"entry", "admin"}}, "its build failed", "mend the build", {}, true}};
  const Judgement judgement = world.judge_all();
  ASSERT_EQ(judgement.verdicts.size(), 2U);
  EXPECT_EQ(judgement.verdicts[0].status, Status::kInconclusive);
  EXPECT_EQ(*judgement.verdicts[0].where.find("entry"), "admin");
}

TEST(Judge, AMetricThatTheBaseHadAndTheHeadHasNotIsSaid) {
  World world = with_value(1, 2);
  world.has_base = true;
  world.base.samples = {bytes(1)};
  world.facts.samples.clear();
  EXPECT_EQ(world.only().code, "METRIC_DISAPPEARED");
}

TEST(Judge, APlaceThatOnlyTheBaseMeasuredIsNoted) {
  World world = with_value(1, 2);
  world.has_base = true;
  world.base.samples = {bytes(1), bytes(1, {{"entry", "checkout"}})};
  const Judgement judgement = world.judge_all();
  EXPECT_EQ(judgement.verdicts.size(), 1U);
  ASSERT_EQ(judgement.notes.size(), 1U);
  EXPECT_NE(judgement.notes[0].find("entry=checkout"), std::string::npos) << judgement.notes[0];
}

TEST(Judge, ResultsOfAnotherThrottlingAreNotedWhenABudgetLeavesThemOut) {
  World world = with_value(1, 2);
  world.facts.samples.push_back(bytes(1, {{"entry", "main"}, {"throttling", "devtools"}}));
  ASSERT_EQ(world.judge_all().notes.size(), 1U);
  EXPECT_NE(world.judge_all().notes[0].find("'throttling'"), std::string::npos);
  world.facts.samples[1].where = {{"entry", "main"}, {"type", "js"}};
  EXPECT_TRUE(world.judge_all().notes.empty()) << "a part of the total is no other measurement";
}

TEST(Judge, AnUnknownMetricSaysWhatToDo) {
  World world = with_value(1, 2);
  world.budgets.budgets[0].metric.reset();
  world.budgets.budgets[0].metric_hint = "did you mean 'bundle.raw'?";
  EXPECT_EQ(world.only().code, "UNKNOWN_METRIC");
  EXPECT_NE(world.only().hint.find("bundle.raw"), std::string::npos);
}

TEST(Judge, TheWorstComesFirst) {
  World world;
  world.budgets.budgets = {budget_on(bytes_metric(), 100)};
  world.facts.samples = {bytes(50, {{"entry", "a"}}), bytes(110, {{"entry", "b"}}), bytes(200, {{"entry", "c"}})};
  const Judgement judgement = world.judge_all();
  ASSERT_EQ(judgement.verdicts.size(), 3U);
  EXPECT_EQ(*judgement.verdicts[0].where.find("entry"), "c");
  EXPECT_EQ(*judgement.verdicts[2].where.find("entry"), "a");
}

Report report_with(Status status) {
  Report report;
  Verdict verdict;
  verdict.status = status;
  report.verdicts = {verdict};
  return report;
}

int exit_of(Report report, JudgeOptions options = {}) {
  decide(report, options);
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
  EXPECT_EQ(exit_of(report_with(Status::kWarn), {"", Level::kWarning, false, nullptr}), kExitFailed);
  EXPECT_EQ(exit_of(report_with(Status::kFail), {"", Level::kOff, false, nullptr}), kExitPass);
  EXPECT_EQ(exit_of(report_with(Status::kInconclusive), {"", Level::kOff, false, nullptr}), kExitCannotJudge);
}

TEST(Decide, ARequiredBaseThatIsMissingIsItsOwnExitCode) {
  EXPECT_EQ(exit_of(report_with(Status::kPass), {"", Level::kError, true, nullptr}), kExitNoBase);
  EXPECT_EQ(exit_of(report_with(Status::kFail), {"", Level::kError, true, nullptr}), kExitFailed);
}

TEST(CompareFindings, AFindingOfTheBaseDoesNotBlameTheChange) {
  Finding finding;
  finding.rule = "n-plus-one";
  finding.level = Level::kError;
  finding.key = "k";
  finding.magnitude = 30;
  Results base;
  base.findings = {finding};
  Report report;
  report.findings = {finding};
  compare_findings(report.findings, &base);
  EXPECT_EQ(report.findings[0].state, FindingState::kSame);
  EXPECT_EQ(exit_of(report), kExitPass);
  report.findings[0].magnitude = 31;
  compare_findings(report.findings, &base);
  EXPECT_EQ(report.findings[0].state, FindingState::kWorse);
  EXPECT_EQ(exit_of(report), kExitFailed);
  compare_findings(report.findings, nullptr);
  EXPECT_EQ(report.findings[0].state, FindingState::kNew);
}

}  // namespace
}  // namespace budgetcheck
