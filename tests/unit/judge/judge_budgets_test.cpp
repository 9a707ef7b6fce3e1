#include "judge/judge_budgets.h"

#include <gtest/gtest.h>

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

  BudgetVerdicts judge_all(const std::string& today = "2026-11-23") {
    return judge_budgets(budgets, facts, {has_base ? &base : nullptr, nullptr, nullptr}, today);
  }
  Verdict only() {
    const BudgetVerdicts judgement = judge_all();
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

TEST(Judge, APlaceThatOnlyTheBaseMeasuredIsNoted) {
  World world = with_value(1, 2);
  world.has_base = true;
  world.base.samples = {bytes(1), bytes(1, {{"entry", "checkout"}})};
  const BudgetVerdicts judgement = world.judge_all();
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
  const BudgetVerdicts judgement = world.judge_all();
  ASSERT_EQ(judgement.verdicts.size(), 3U);
  EXPECT_EQ(*judgement.verdicts[0].where.find("entry"), "c");
  EXPECT_EQ(*judgement.verdicts[2].where.find("entry"), "a");
}

}  // namespace
}  // namespace budgetcheck
