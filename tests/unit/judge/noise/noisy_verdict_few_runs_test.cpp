#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "judge/judge_budgets.h"
#include "judge/noise/noisy_verdict.h"

namespace budgetcheck {
namespace {

/// LCP of one page, one run here and one on the base, in two jobs.
struct World {
  BudgetsFile budgets;
  Facts facts;
  Results base;
  Results rerun;
  bool has_rerun = false;

  World(double head, double base_value) : World(Runs{head}, Runs{base_value}) {}
  World(Runs head, Runs base_runs) {
    Metric lcp;
    lcp.id = "lighthouse.lcp";
    lcp.unit = Unit::kMilliseconds;
    lcp.metric_class = MetricClass::kTimingQuiet;
    lcp.floor_absolute = 25;
    lcp.floor_relative = 0.05;
    Budget budget;
    budget.id = budget.metric_id = lcp.id;
    budget.metric = lcp;
    budget.max = 4000;
    budgets.budgets = {budget};
    facts.samples = {sample_of(std::move(head))};
    base.samples = {sample_of(std::move(base_runs))};
    base.measured_at = "2026-11-23T10:00:00Z";
  }

  static Sample sample_of(Runs runs) {
    Sample sample;
    sample.metric = "lighthouse.lcp";
    sample.where = {{"page", "/"}};
    sample.unit = Unit::kMilliseconds;
    sample.value = std::move(runs);
    return sample;
  }
  World& allow(double increase) {
    budgets.budgets[0].max_increase = Increase{increase, std::nullopt};
    return *this;
  }
  World& stored(std::vector<double> last) {
    base.samples[0].history = SampleHistory{last.size(), std::nullopt, std::nullopt, std::nullopt, std::move(last)};
    return *this;
  }
  void rerun_with(Runs base_runs, Runs runs) {
    has_rerun = true;
    Sample fresh = sample_of(std::move(runs));
    fresh.base_runs = std::move(base_runs);
    rerun.samples = {fresh};
  }
  BudgetVerdicts judge_all() const {
    return judge_budgets(budgets, facts, {&base, nullptr, has_rerun ? &rerun : nullptr}, "2026-11-23");
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
  /// How many remarks say that growth was not judged.
  std::ptrdiff_t remarks() const {
    const BudgetVerdicts judgement = judge_all();
    return std::count_if(judgement.notes.begin(), judgement.notes.end(), [](const std::string& note) {
      return note.find("was not judged, only what limits say") != std::string::npos;
    });
  }
};

const Runs kFreshBase{2010, 1985, 2060, 1940, 2030, 1995, 2002, 2041, 1978, 2017};
const Runs kFreshSlower{2130, 2180, 2122, 2155, 2120, 2144, 2169, 2137, 2151, 2128};

TEST(FewRunsOfALimit, LeaveGrowthAloneAndSaySo) {
  for (const double head : {1000.0, 2000.0, 2300.0, 3999.0}) {
    const World world(head, 2000);
    EXPECT_EQ(world.outcome(), "pass OK") << head;
    EXPECT_EQ(world.remarks(), 1) << head;
  }
  EXPECT_EQ(World({2000, 2010, 2020}, {2010, 2010}).outcome(), "pass OK") << "two of the base are too few";
  EXPECT_EQ(World({2000, 2010, 2020}, {2010, 2010, 2010}).remarks(), 0) << "three are compared";
}

TEST(FewRunsOfALimit, AreRemarkedOnceForTheWholeReport) {
  World world(2000, 2000);
  for (const char* page : {"/a", "/b", "/c"}) {
    world.facts.samples.push_back(World::sample_of({2000}));
    world.facts.samples.back().where = {{"page", page}};
    world.base.samples.push_back(world.facts.samples.back());
  }
  EXPECT_EQ(world.remarks(), 1);
  const BudgetVerdicts judgement = world.judge_all();
  EXPECT_NE(judgement.notes.back().find("the growth of 4 results"), std::string::npos) << judgement.notes.back();
  EXPECT_NE(judgement.notes.back().find("5 runs of each side"), std::string::npos) << judgement.notes.back();
}

TEST(FewRunsOfALimit, DoNotCareWhereTheBaseWasMeasured) {
  World world(2000, 2000);
  world.base.measured_at = "2026-01-01T00:00:00Z";
  world.facts.env.key = "runner-a";
  world.base.env.key = "runner-b";
  EXPECT_EQ(world.outcome(), "pass OK") << "nothing is compared";
  world.allow(0.1);
  EXPECT_EQ(world.outcome(), "inconclusive STALE_BASE") << "growth is";
}

TEST(FewRunsOfMaxIncrease, AskForRunsOnlyAboutGrowth) {
  EXPECT_EQ(World(2000, 2000).allow(0.1).outcome(), "pass OK");
  EXPECT_EQ(World(1500, 2000).allow(0.1).outcome(), "pass OK");
  EXPECT_EQ(World(2200, 2000).allow(0.1).outcome(), "pass OK") << "within the 10 % that the team allows";
  EXPECT_EQ(World(2050, 2000).allow(0.01).outcome(), "pass OK") << "within the metric's own floor";
  const Verdict verdict = World(3000, 2000).allow(0.1).only();
  EXPECT_EQ(verdict.status, Status::kInconclusive);
  EXPECT_EQ(verdict.code, "TOO_FEW_RUNS");
  EXPECT_NE(verdict.message.find("2 s → 3 s (+49%) is more than the allowed 10%"), std::string::npos)
      << verdict.message;
  EXPECT_NE(verdict.hint.find("5 runs of each side"), std::string::npos) << verdict.hint;
  EXPECT_EQ(World(3000, 2000).allow(0.1).remarks(), 0) << "its verdict says it";
}

TEST(FewRunsOfMaxIncrease, PassWhatStoredResultsShow) {
  EXPECT_EQ(World(2590, 2000).allow(0.1).stored({2600, 2000, 2590, 1990}).outcome(), "pass OK");
  EXPECT_EQ(World(2600, 2000).allow(0.1).stored({2600, 2000, 2590, 1990}).outcome(), "inconclusive TOO_FEW_RUNS");
  EXPECT_NE(World(2590, 2000).allow(0.1).stored({2600, 2590}).only().message.find("stored results show"),
            std::string::npos);
}

TEST(FewRunsOfMaxIncrease, AreAnsweredByFreshRuns) {
  World world = World(2600, 2010).allow(0.05);
  world.rerun_with(kFreshBase, kFreshSlower);
  EXPECT_EQ(world.outcome(), "fail REGRESSED_CONFIRMED");
  world.rerun_with(kFreshBase, kFreshBase);
  EXPECT_EQ(world.outcome(), "pass NOT_CONFIRMED");
}

TEST(FewRunsOfALimit, AreAnsweredByFreshRunsThatSomebodyMeasured) {
  World world(2010, 2010);
  world.rerun_with(kFreshBase, kFreshSlower);
  EXPECT_EQ(world.outcome(), "fail REGRESSED_CONFIRMED");
  EXPECT_EQ(world.remarks(), 0);
  world.rerun.samples[0].base_runs.clear();
  EXPECT_EQ(world.outcome(), "pass OK") << "of one side only: no answer";
}

TEST(LimitOfOneRun, IsBrokenWhenNoSlowModeExplainsIt) {
  // ln(4025) + 0.3 is 5433 ms less the offset of 25 ms.
  EXPECT_EQ(World(4001, 3900).outcome(), "inconclusive LIMIT_STRADDLED");
  EXPECT_EQ(World(5407, 3900).outcome(), "inconclusive LIMIT_STRADDLED");
  EXPECT_EQ(World(5409, 3900).outcome(), "fail LIMIT_EXCEEDED");
  EXPECT_EQ(World({5200, 5200, 5200}, {3900, 3900, 3900}).only().code, "LIMIT_EXCEEDED") << "three runs know better";
}

TEST(LimitOfOneRun, BlamesNobodyWhereTheBaseIsOverItToo) {
  EXPECT_EQ(World(4060, 4050).outcome(), "warn PREEXISTING_BREACH") << "it may be over, and so may the base";
  EXPECT_EQ(World(4040, 4050).outcome(), "warn PREEXISTING_BREACH");
  EXPECT_EQ(World(6100, 6000).outcome(), "warn PREEXISTING_BREACH") << "over by far, and not by this change";
  const Verdict open = World(8500, 6000).only();
  EXPECT_EQ(open.code, "PREEXISTING_BREACH");
  EXPECT_NE(open.message.find("cannot tell whether this change makes it worse"), std::string::npos) << open.message;
  EXPECT_EQ(World(8500, 6000).allow(0.1).outcome(), "inconclusive TOO_FEW_RUNS") << "the budget asks";
  EXPECT_EQ(World(9500, 6000).outcome(), "fail LIMIT_EXCEEDED") << "worse by more than any noise";
  EXPECT_EQ(World(6100, 6000).allow(0.1).outcome(), "warn PREEXISTING_BREACH");
}

TEST(LimitOfOneRun, BlamesNobodyForWhatStoredResultsShow) {
  World world = World(5500, 3900).stored({5600, 3900, 5550, 3950});
  EXPECT_EQ(world.outcome(), "warn PREEXISTING_BREACH");
  EXPECT_NE(world.only().message.find("the base has stored results that are over it too (5.55 s)"), std::string::npos)
      << world.only().message;
  EXPECT_EQ(World(5560, 3900).stored({5600, 3900, 5550, 3950}).outcome(), "fail LIMIT_EXCEEDED");
}

TEST(LimitOfManyRuns, BlamesNobodyWhereTheBaseIsOverItToo) {
  EXPECT_EQ(World(Runs(5, 4060), Runs(5, 4050)).outcome(), "warn PREEXISTING_BREACH");
  EXPECT_EQ(World(Runs(5, 4060), Runs(5, 3990)).outcome(), "inconclusive LIMIT_STRADDLED") << "the base kept it";
}

TEST(LimitOfOneRun, IsNotExcusedWhereAPartIsMissing) {
  World world(4060, 4050);
  world.budgets.budgets[0].max.reset();
  world.budgets.budgets[0].min = 5000;
  world.facts.samples[0].lower_bound = true;
  world.facts.samples[0].lower_bound_reason = "2 of 14 responses have no size";
  EXPECT_EQ(world.outcome(), "inconclusive LIMIT_STRADDLED");
}

}  // namespace
}  // namespace budgetcheck
