#include "judge/noise/noisy_verdict.h"

#include <gtest/gtest.h>

#include <optional>

#include "judge/judge_budgets.h"

namespace budgetcheck {
namespace {

Metric lcp() {
  Metric metric;
  metric.id = "lighthouse.lcp";
  metric.unit = Unit::kMilliseconds;
  metric.metric_class = MetricClass::kTimingQuiet;
  metric.floor_absolute = 25;
  metric.floor_relative = 0.05;
  return metric;
}

Metric score() {
  Metric metric;
  metric.id = "lighthouse.score.performance";
  metric.unit = Unit::kPoints;
  metric.direction = Direction::kHigherIsBetter;
  metric.metric_class = MetricClass::kScore;
  metric.floor_absolute = 3;
  return metric;
}

const Runs kBase{2010, 1985, 2060, 1940, 2030};
const Runs kSlower{2150, 2190, 2010, 2175, 2140};  // +7 %: suspicious, not proved
const Runs kBaseAgain{2010, 1985, 2060, 1940, 2030, 1995, 2002, 2041, 1978, 2017};
const Runs kSlowerAgain{2130, 2180, 2122, 2155, 2120, 2144, 2169, 2137, 2151, 2128};

Sample sample_of(const Metric& metric, Runs runs, Labels where = {{"page", "/"}}) {
  Sample sample;
  sample.metric = metric.id;
  sample.where = std::move(where);
  sample.unit = metric.unit;
  sample.value = std::move(runs);
  return sample;
}

Budget budget_on(const Metric& metric, std::optional<double> max) {
  Budget budget;
  budget.id = metric.id;
  budget.metric_id = metric.id;
  budget.metric = metric;
  budget.max = max;
  return budget;
}

/// LCP of one page, base and head in one job, with a history of 3 % noise.
struct World {
  BudgetsFile budgets;
  Facts facts;
  Results base;
  Results rerun;
  bool has_base = true;
  bool has_rerun = false;
  Level level = Level::kError;

  explicit World(Runs head = kSlower, Runs base_runs = kBase) {
    budgets.budgets = {budget_on(lcp(), 4000.0)};
    facts.samples = {sample_of(lcp(), std::move(head))};
    facts.env.paired = true;
    base.env.paired = true;
    base.measured_at = "2026-11-23T10:00:00Z";
    base.samples = {sample_of(lcp(), std::move(base_runs))};
    base.samples[0].history = SampleHistory{30, 0.03, 0.033, std::nullopt, {}};
  }

  void rerun_with(Runs base_runs, Runs runs) {
    has_rerun = true;
    Sample fresh = sample_of(lcp(), std::move(runs));
    fresh.base_runs = std::move(base_runs);
    rerun.samples = {fresh};
  }

  BudgetVerdicts judge_all() const {
    return judge_budgets(budgets, facts, {has_base ? &base : nullptr, nullptr, has_rerun ? &rerun : nullptr},
                         "2026-11-23");
  }
  Verdict only() const {
    const BudgetVerdicts judgement = judge_all();
    EXPECT_EQ(judgement.verdicts.size(), 1U);
    return judgement.verdicts.empty() ? Verdict{} : judgement.verdicts.front();
  }
  std::string outcome() const {
    const Verdict verdict = only();
    return std::string(to_string(verdict.status)) + " " + verdict.code;
  }
};

TEST(NoisyGrowth, BelowTheFloorIsNoise) {
  EXPECT_EQ(World({2090, 2105, 2051, 2170, 1999}).outcome(), "pass OK") << "+4 % of medians of 5";
}

TEST(NoisyGrowth, SuspiciousAsksForARerun) {
  const Verdict verdict = World().only();
  EXPECT_EQ(verdict.status, Status::kInconclusive);
  EXPECT_EQ(verdict.code, "RERUN");
  EXPECT_NE(verdict.message.find("2.01 s → 2.15 s (+6.9%"), std::string::npos) << verdict.message;
  EXPECT_NE(verdict.message.find("5 runs can only prove changes above +10%"), std::string::npos) << verdict.message;
  EXPECT_NE(verdict.hint.find("--rerun"), std::string::npos);
  ASSERT_TRUE(verdict.minimum_detectable.has_value());
  EXPECT_NEAR(*verdict.minimum_detectable, 0.1, 0.001);
  EXPECT_TRUE(verdict.interval.has_value());
}

TEST(NoisyGrowth, BeyondDoubtInPairedRunsFails) {
  World world({2600, 2550, 2700, 2580, 2620});
  EXPECT_EQ(world.outcome(), "fail REGRESSED");
  world.facts.env.paired = false;
  EXPECT_EQ(world.outcome(), "inconclusive RERUN") << "another job may have been slower as a whole";
}

TEST(NoisyGrowth, ThreeRunsProveNothingHoweverFarApart) {
  EXPECT_EQ(World({9000, 9100, 9200}, {2000, 2010, 2020}).budgets.budgets.size(), 1U);
  World world({3900, 3910, 3920}, {2000, 2010, 2020});
  EXPECT_EQ(world.outcome(), "inconclusive RERUN") << "the smallest p of 3 against 3 is 5 %";
}

TEST(NoisyGrowth, ZerosAreNoTrap) {
  World world({0, 0, 0, 439, 0}, {0, 0, 0, 0, 0});
  world.base.samples[0].history = SampleHistory{30, 1.1, std::nullopt, std::nullopt, {}};
  EXPECT_EQ(world.outcome(), "pass OK");
}

TEST(NoisyGrowth, MaxIncreaseReplacesTheFloors) {
  World world;
  world.budgets.budgets[0].max_increase = Increase{0.1, std::nullopt};
  EXPECT_EQ(world.outcome(), "pass OK") << "7 % is within the 10 % that the team allows";
  world.budgets.budgets[0].max_increase = Increase{std::nullopt, 150.0};
  EXPECT_EQ(world.outcome(), "pass OK");
  world.budgets.budgets[0].max_increase = Increase{std::nullopt, 140.0};
  EXPECT_EQ(world.outcome(), "inconclusive RERUN");
}

TEST(NoisyGrowth, AScoreFallsInPoints) {
  World world;
  Budget budget = budget_on(score(), std::nullopt);
  budget.min = 50;
  world.budgets.budgets = {budget};
  world.base.samples = {sample_of(score(), {95, 95, 94, 95, 96})};
  world.facts.samples = {sample_of(score(), {93, 93, 93, 92, 93})};
  EXPECT_EQ(world.outcome(), "pass OK") << "2 points are within the floor of 3";
  world.facts.samples = {sample_of(score(), {91, 91, 90, 91, 92})};
  EXPECT_EQ(world.outcome(), "fail REGRESSED");
  world.facts.samples = {sample_of(score(), {99, 99, 99, 99, 99})};
  EXPECT_EQ(world.outcome(), "pass OK") << "better is not worse";
}

TEST(NoisyGrowth, WithoutABaseOnlyTheLimitGates) {
  World world;
  world.has_base = false;
  EXPECT_EQ(world.outcome(), "pass NO_BASE");
}

TEST(Rerun, ConfirmsOnTheFreshRunsAlone) {
  World world;
  world.rerun_with(kBaseAgain, kSlowerAgain);
  const Verdict verdict = world.only();
  EXPECT_EQ(verdict.code, "REGRESSED_CONFIRMED");
  EXPECT_EQ(verdict.status, Status::kFail);
  EXPECT_NE(verdict.message.find("1 in 180 000"), std::string::npos) << verdict.message;
  EXPECT_NE(verdict.message.find("+5.5% to +7.9%"), std::string::npos) << verdict.message;
}

TEST(Rerun, ClearsWhatDoesNotShowAgain) {
  World world;
  world.rerun_with(kBaseAgain, kBaseAgain);
  EXPECT_EQ(world.outcome(), "pass NOT_CONFIRMED");
  world.rerun_with(kBaseAgain, {2060, 2035, 2110, 1990, 2080, 2045, 2052, 2091, 2028, 2067});
  EXPECT_EQ(world.outcome(), "pass NOT_CONFIRMED") << "+2.5 % is real but within the floor";
}

TEST(Rerun, IsNotAskedAboutWhatIsNotSuspicious) {
  World world(kBase);
  world.rerun_with(kBaseAgain, kSlowerAgain);
  EXPECT_EQ(world.outcome(), "pass OK");
}

TEST(Rerun, WithoutTheMetricLeavesItOpen) {
  World world;
  world.rerun_with(kBaseAgain, kSlowerAgain);
  world.rerun.samples[0].where = {{"page", "/other"}};
  EXPECT_EQ(world.outcome(), "inconclusive RERUN");
  EXPECT_NE(world.only().message.find("the rerun does not have runs"), std::string::npos) << world.only().message;
  const BudgetVerdicts judgement = world.judge_all();
  ASSERT_FALSE(judgement.notes.empty());
  EXPECT_NE(judgement.notes[0].find("/other"), std::string::npos) << judgement.notes[0];
}

TEST(Rerun, OfSomethingElseDoesNotExcuseWhatIsBeyondDoubt) {
  World world({2600, 2550, 2700, 2580, 2620});
  world.rerun_with(kBaseAgain, kSlowerAgain);
  world.rerun.samples[0].where = {{"page", "/other"}};
  EXPECT_EQ(world.outcome(), "fail REGRESSED");
}

TEST(Rerun, OfTooFewRunsSaysHowManyItTakes) {
  World world;
  world.rerun_with({2000, 2010, 2020}, {2200, 2210, 2220});  // p can be 5 % at best
  const Verdict verdict = world.only();
  EXPECT_EQ(verdict.status, Status::kInconclusive);
  EXPECT_EQ(verdict.code, "TOO_FEW_RUNS");
  EXPECT_NE(verdict.hint.find("10 runs"), std::string::npos) << verdict.hint;
}

TEST(Rerun, AnswersForTheWholeChangeAtOnce) {
  // 5 against 5 can reach 1 in 252, which is enough alone but not beside 4 suspicions that come to nothing.
  World world;
  world.rerun_with({2010, 1985, 2060, 1940, 2030}, {2130, 2180, 2122, 2155, 2120});
  EXPECT_EQ(world.outcome(), "fail REGRESSED_CONFIRMED");
  for (const char* page : {"/a", "/b", "/c", "/d"}) {
    world.facts.samples.push_back(sample_of(lcp(), kSlower, {{"page", page}}));
    world.base.samples.push_back(world.base.samples[0]);
    world.base.samples.back().where = {{"page", page}};
    Sample fresh = sample_of(lcp(), kBase, {{"page", page}});
    fresh.base_runs = kBase;
    world.rerun.samples.push_back(fresh);
  }
  for (const Verdict& verdict : world.judge_all().verdicts) {
    EXPECT_EQ(verdict.code, "TOO_FEW_RUNS") << verdict.message;
  }
  for (Sample& fresh : world.rerun.samples) {
    fresh.value = Runs{2130, 2180, 2122, 2155, 2120};
  }
  for (const Verdict& verdict : world.judge_all().verdicts) {
    EXPECT_EQ(verdict.code, "REGRESSED_CONFIRMED") << "five clear ones carry each other";
  }
}

TEST(Rerun, AnswersUnderTheBasesBudgetWhereTheChangeLoosensIt) {
  World world;
  const std::vector<Budget> before = world.budgets.budgets;
  world.budgets.budgets[0].max_increase = Increase{0.5, std::nullopt};
  world.rerun_with(kBaseAgain, kSlowerAgain);
  const BudgetVerdicts judgement =
      judge_budgets(world.budgets, world.facts, {&world.base, &before, &world.rerun}, "2026-11-23");
  ASSERT_EQ(judgement.verdicts.size(), 1U);
  EXPECT_EQ(judgement.verdicts[0].code, "REGRESSED_CONFIRMED") << judgement.verdicts[0].message;
}

TEST(Comparability, AnOldBaseIsSaidNotCompared) {
  World world(kBase);
  world.facts.env.paired = false;
  world.base.measured_at = "2026-11-09T23:59:59Z";
  EXPECT_EQ(world.outcome(), "pass OK") << "14 days";
  world.base.measured_at = "2026-11-08T00:00:00Z";
  EXPECT_EQ(world.outcome(), "inconclusive STALE_BASE") << "15 days";
  world.base.measured_at = "2026-11-24T00:00:00Z";
  EXPECT_EQ(world.outcome(), "pass OK") << "tomorrow, just past a midnight";
  world.base.measured_at = "2026-11-25T00:00:00Z";
  EXPECT_EQ(world.outcome(), "inconclusive STALE_BASE") << "the day after";
  EXPECT_NE(world.only().message.find("clock"), std::string::npos);
  world.base.measured_at = "";
  EXPECT_EQ(world.outcome(), "pass OK") << "a base of unknown age is not an old one";
  world.facts.env.paired = true;
  world.base.measured_at = "2026-01-01T00:00:00Z";
  EXPECT_EQ(world.outcome(), "pass OK") << "one job";
}

TEST(Comparability, UnlikeMachinesAreSaidNotCompared) {
  World world(kBase);
  world.facts.env.paired = false;
  world.facts.env.key = "runner-a";
  world.base.env.key = "runner-b";
  EXPECT_EQ(world.outcome(), "inconclusive ENV_MISMATCH");
  world.base.env.key = "";
  EXPECT_EQ(world.outcome(), "pass OK") << "not known is not unlike";
  world.facts.env.benchmark_index = {1210, 1210, 1210};
  world.base.env.benchmark_index = {1000};
  EXPECT_EQ(world.outcome(), "inconclusive ENV_MISMATCH");
  world.facts.env.benchmark_index = {1190, 1190, 10};
  EXPECT_EQ(world.outcome(), "pass OK") << "medians within 20 %";
}

TEST(Comparability, AnotherLighthouseIsAnotherMeasure) {
  World world(kBase);
  world.facts.env.parts = {{"lighthouse", "13"}};
  world.base.env.parts = {{"lighthouse", "12"}};
  EXPECT_EQ(world.outcome(), "inconclusive ENV_MISMATCH") << "in one job too";
  world.base.env.parts = {{"lighthouse", "13"}, {"browser", "131"}};
  EXPECT_EQ(world.outcome(), "pass OK");
}

TEST(Comparability, AnotherCompressorLeavesTheLimitOnly) {
  Metric gzip;
  gzip.id = "bundle.gzip";
  gzip.unit = Unit::kBytes;
  gzip.metric_class = MetricClass::kBytes;
  World world;
  world.budgets.budgets = {budget_on(gzip, 200000.0)};
  world.facts.samples = {sample_of(gzip, {})};
  world.facts.samples[0].value = 150000.0;
  world.base.samples = {sample_of(gzip, {})};
  world.base.samples[0].value = 100000.0;
  EXPECT_EQ(world.outcome(), "fail REGRESSED");
  world.facts.env.parts = {{"gzip", "zlib 9"}};
  world.base.env.parts = {{"gzip", "gnu 9"}};
  EXPECT_EQ(world.outcome(), "pass NO_BASE");
  EXPECT_NE(world.only().message.find("gnu 9"), std::string::npos);
}

TEST(NoisyLimit, OverByLessThanTheNoiseIsUnclear) {
  World world({4100, 4150, 4020, 4130, 4060}, {3990, 3950, 4010, 3980, 3940});
  EXPECT_EQ(world.outcome(), "inconclusive LIMIT_STRADDLED");
}

TEST(NoisyLimit, IsBrokenWhenItsLowerBoundIsOver) {
  // ln(4025) + 3.09 * sqrt(pi/2 * 0.03² / 5 + 0.005²) is 4249 ms less the offset of 25 ms.
  World world(Runs(5, 4224), Runs(5, 4000));
  EXPECT_EQ(world.outcome(), "inconclusive LIMIT_STRADDLED");
  world.facts.samples = {sample_of(lcp(), Runs(5, 4226))};
  EXPECT_EQ(world.outcome(), "fail LIMIT_EXCEEDED");
  world.facts.samples = {sample_of(lcp(), Runs(5, 4000))};
  EXPECT_EQ(world.outcome(), "pass OK") << "exactly on the limit";
}

TEST(NoisyLimit, IsDecidedByTheFreshRunsWhenItWasStraddled) {
  World world({4100, 4150, 4020, 4130, 4060}, {3990, 3950, 4010, 3980, 3940});
  world.rerun_with(Runs(10, 3980), Runs(10, 3990));
  EXPECT_EQ(world.outcome(), "pass OK");
  world.rerun_with(Runs(10, 3980), Runs(10, 4250));
  EXPECT_EQ(world.outcome(), "fail LIMIT_EXCEEDED");
  world.rerun_with(Runs(10, 3980), Runs(10, 4050));
  EXPECT_EQ(world.outcome(), "inconclusive LIMIT_STRADDLED");
}

TEST(NoisyLimit, AMinimumIsBrokenFromBelow) {
  World world;
  Budget budget = budget_on(score(), std::nullopt);
  budget.min = 90;
  world.budgets.budgets = {budget};
  world.has_base = false;
  world.facts.samples = {sample_of(score(), {89, 90, 89, 89, 88})};
  EXPECT_EQ(world.outcome(), "inconclusive LIMIT_STRADDLED");
  world.facts.samples = {sample_of(score(), {80, 81, 80, 79, 80})};
  EXPECT_EQ(world.outcome(), "fail LIMIT_EXCEEDED");
  world.facts.samples = {sample_of(score(), {90, 91, 90, 89, 90})};
  EXPECT_EQ(world.outcome(), "pass NO_BASE");
}

TEST(NoisyLimit, ThatTheBaseBreaksTooIsAWarningUnlessThisIsSuspicious) {
  World world(Runs(5, 5050), Runs(5, 5000));
  EXPECT_EQ(world.outcome(), "warn PREEXISTING_BREACH");
  world.facts.samples = {sample_of(lcp(), Runs(5, 5700))};
  EXPECT_EQ(world.outcome(), "fail LIMIT_EXCEEDED");
  world.facts.samples = {sample_of(lcp(), {5150, 5400, 5400, 5400, 5050})};
  EXPECT_EQ(world.outcome(), "inconclusive RERUN") << "whether this change made it worse is open";
  world.base.samples = {sample_of(lcp(), Runs(5, 3000))};
  EXPECT_EQ(world.only().code, "LIMIT_EXCEEDED") << "the base kept it";
}

TEST(Levels, AWarningIsNeverMoreThanOne) {
  World world;
  world.budgets.budgets[0].level = Level::kWarning;
  EXPECT_EQ(world.outcome(), "warn RERUN");
  world.budgets.budgets[0].level = Level::kNote;
  EXPECT_EQ(world.outcome(), "pass RERUN");
  world.budgets.budgets[0].level = Level::kError;
  world.budgets.budgets[0].enforce_from = "2026-12-01";
  EXPECT_EQ(world.outcome(), "warn RERUN");
  EXPECT_EQ(world.only().enforced_from, "2026-12-01");
}

TEST(Underpowered, IsSaidOnceABudgetAndAtMostThreeTimes) {
  World world(kBase);
  EXPECT_TRUE(world.judge_all().notes.empty()) << "a limit of 4 s leaves more room than five runs need";
  world.budgets.budgets[0].max = 2050;
  BudgetVerdicts judgement = world.judge_all();
  ASSERT_EQ(judgement.notes.size(), 1U);
  EXPECT_NE(judgement.notes[0].find("changes above +10%"), std::string::npos) << judgement.notes[0];
  EXPECT_NE(judgement.notes[0].find("runs of each side"), std::string::npos) << judgement.notes[0];
  for (int i = 0; i < 4; ++i) {
    Budget more = world.budgets.budgets[0];
    more.id = "b" + std::to_string(i);
    more.where = {{"page", "/" + std::to_string(i)}};
    world.budgets.budgets.push_back(more);
    world.facts.samples.push_back(sample_of(lcp(), kBase, more.where));
    world.base.samples.push_back(world.base.samples[0]);
    world.base.samples.back().where = more.where;
  }
  judgement = world.judge_all();
  ASSERT_EQ(judgement.notes.size(), 4U);
  EXPECT_NE(judgement.notes[3].find("2 other budgets"), std::string::npos) << judgement.notes[3];
}

}  // namespace
}  // namespace budgetcheck
