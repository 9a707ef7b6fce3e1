#include "judge/noise/few_runs.h"

#include <gtest/gtest.h>

#include <cmath>

namespace budgetcheck {
namespace {

Budget lcp_budget(std::optional<double> allowed = 0.1) {
  Budget budget;
  budget.metric = Metric{};
  budget.metric->id = budget.metric_id = "lighthouse.lcp";
  budget.metric->unit = Unit::kMilliseconds;
  budget.metric->metric_class = MetricClass::kTimingQuiet;
  budget.metric->floor_absolute = 25;
  budget.metric->floor_relative = 0.05;
  budget.max = 4000;
  if (allowed) {
    budget.max_increase = Increase{allowed, std::nullopt};
  }
  return budget;
}

Sample base_of(double value, std::optional<SampleHistory> history) {
  Sample base;
  base.metric = "lighthouse.lcp";
  base.unit = Unit::kMilliseconds;
  base.value = Runs{value};
  base.history = std::move(history);
  return base;
}

SampleHistory stored(std::vector<double> last) {
  SampleHistory history;
  history.records = last.size();
  history.last = std::move(last);
  return history;
}

TEST(AsksAboutGrowth, WithMaxIncreaseOrWithoutAnythingElse) {
  EXPECT_TRUE(asks_about_growth(lcp_budget()));
  EXPECT_FALSE(asks_about_growth(lcp_budget(std::nullopt)));
  Budget nothing = lcp_budget(std::nullopt);
  nothing.max.reset();
  EXPECT_TRUE(asks_about_growth(nothing));
  nothing.min = 1;
  EXPECT_FALSE(asks_about_growth(nothing));
}

TEST(WorstExpected, IsWhatTwoRecordsShowed) {
  const Budget budget = lcp_budget();
  EXPECT_EQ(worst_expected(budget, base_of(2000, stored({1990, 2600, 2010, 2590})), 1), 2590);
  EXPECT_EQ(worst_expected(budget, base_of(2000, stored({1990, 2600, 2010})), 1), 2010) << "one may be a freak";
  EXPECT_EQ(worst_expected(budget, base_of(2700, stored({2600})), 1), 2600) << "the base is one of them";
  EXPECT_FALSE(worst_expected(budget, base_of(2000, std::nullopt), 1).has_value());
  Budget score = lcp_budget();
  score.metric->direction = Direction::kHigherIsBetter;
  score.metric->metric_class = MetricClass::kScore;
  EXPECT_EQ(worst_expected(score, base_of(95, stored({90, 96, 80})), 1), 90) << "lower is worse";
}

TEST(WorstExpected, IsTheWorstOfManyWhereOnlyThatIsKept) {
  SampleHistory history;
  history.max = 2600;
  history.records = 10;
  EXPECT_EQ(worst_expected(lcp_budget(), base_of(2000, history), 1), 2600);
  history.records = 9;
  EXPECT_FALSE(worst_expected(lcp_budget(), base_of(2000, history), 1).has_value());
}

TEST(WorstExpected, CountsTheNoiseWithinAJob) {
  SampleHistory history = stored({2000, 2000, 2000, 2000, 2000, 2000, 2000, 2000, 2000, 2000});
  history.s_run = 0.1;
  const std::optional<double> one = worst_expected(lcp_budget(), base_of(2000, history), 1);
  ASSERT_TRUE(one.has_value());
  EXPECT_NEAR(*one, 2025 * std::exp(1.645 * 0.1) - 25, 1e-6);
  EXPECT_LT(*worst_expected(lcp_budget(), base_of(2000, history), 2), *one);
  history.last.clear();
  EXPECT_NEAR(*worst_expected(lcp_budget(), base_of(2000, history), 1),
              2025 * std::exp(1.645 * 0.1 * std::sqrt(2)) - 25, 1e-6)
      << "a level of one run varies as well";
  history.records = 9;
  EXPECT_FALSE(worst_expected(lcp_budget(), base_of(2000, history), 1).has_value());
}

TEST(WorstExpected, SaysNothingOfAnotherStatistic) {
  Budget budget = lcp_budget();
  budget.stat = Stat::kMin;
  EXPECT_FALSE(worst_expected(budget, base_of(2000, stored({2600, 2600})), 1).has_value());
}

TEST(GrowthOfFew, IsOpenOnlyBeyondEverythingThatExplainsIt) {
  const Budget budget = lcp_budget();  // 10 % of 2025 is 202.5
  EXPECT_EQ(growth_of_few(budget, 2000, 2000, std::nullopt), FewRuns::kNotWorse);
  EXPECT_EQ(growth_of_few(budget, 1000, 2000, std::nullopt), FewRuns::kNotWorse);
  EXPECT_EQ(growth_of_few(budget, 2202, 2000, std::nullopt), FewRuns::kBelowFloor);
  EXPECT_EQ(growth_of_few(budget, 2203, 2000, std::nullopt), FewRuns::kOpen);
  EXPECT_EQ(growth_of_few(budget, 2500, 2000, 2500), FewRuns::kExplained);
  EXPECT_EQ(growth_of_few(budget, 2501, 2000, 2500), FewRuns::kOpen);
}

TEST(GrowthOfFew, IsEvidentBeyondAnyNoiseOfBothSides) {
  const Budget budget = lcp_budget();  // 2025 * exp(0.4243) is 3095
  EXPECT_EQ(growth_of_few(budget, 3069, 2000, std::nullopt), FewRuns::kOpen);
  EXPECT_EQ(growth_of_few(budget, 3072, 2000, std::nullopt), FewRuns::kEvident);
  EXPECT_EQ(growth_of_few(budget, 3072, 2000, 2100), FewRuns::kOpen) << "from what the records show";
  EXPECT_EQ(growth_by(FewRuns::kEvident), Growth::kWorse);
  EXPECT_EQ(growth_by(FewRuns::kOpen), Growth::kUnknown);
  EXPECT_EQ(growth_by(FewRuns::kBelowFloor), Growth::kNotWorse);
}

TEST(GrowthOfFew, MustPassTheMetricsFloorsAndTheBudgetsOwn) {
  const Budget strict = lcp_budget(0.01);
  EXPECT_EQ(growth_of_few(strict, 2090, 2000, std::nullopt), FewRuns::kBelowFloor) << "less than 5 %";
  EXPECT_EQ(growth_of_few(strict, 2110, 2000, std::nullopt), FewRuns::kOpen);
  EXPECT_EQ(growth_of_few(strict, 124, 100, std::nullopt), FewRuns::kBelowFloor) << "less than 25 ms";
}

}  // namespace
}  // namespace budgetcheck
