#include "judge/noise/calibration.h"

#include <gtest/gtest.h>

#include <cmath>

namespace budgetcheck {
namespace {

Metric time_metric(const std::string& id) {
  Metric metric;
  metric.id = id;
  metric.unit = Unit::kMilliseconds;
  metric.metric_class = MetricClass::kTimingQuiet;
  metric.floor_absolute = 25;
  metric.floor_relative = 0.05;
  return metric;
}

/// n values around `ms`, evenly spread by `share` to each side.
Sample spread(const std::string& id, std::size_t n, double ms, double share) {
  Sample sample;
  sample.metric = id;
  sample.where = {{"page", "/"}};
  sample.unit = Unit::kMilliseconds;
  Runs runs;
  for (std::size_t i = 0; i < n; ++i) {
    runs.push_back(ms * (1 + share * (2 * (static_cast<double>(i) + 0.5) / static_cast<double>(n) - 1)));
  }
  sample.value = runs;
  return sample;
}

BudgetsFile without_budgets() {
  BudgetsFile file;
  file.catalogue.add(time_metric("team.a"));
  file.catalogue.add(time_metric("team.b"));
  Metric size = time_metric("team.size");
  size.metric_class = MetricClass::kBytes;
  file.catalogue.add(size);
  return file;
}

TEST(Calibrate, SettingsThatHoldStayQuiet) {
  const std::vector<Sample> samples{spread("team.a", 30, 2000, 0.05), spread("team.size", 30, 2000, 0.05)};
  const Calibration result = calibrate(without_budgets(), samples, samples, {});
  ASSERT_EQ(result.metrics.size(), 1U) << "sizes are not noisy";
  EXPECT_EQ(result.metrics[0].runs_a, 30U);
  EXPECT_TRUE(result.metrics[0].enough);
  EXPECT_LT(result.failed, 0.005);
  EXPECT_GT(result.metrics[0].p, 0.5) << "A is B";
  EXPECT_NEAR(result.metrics[0].detectable, 200, 20) << "a tenth of 2 s";
}

TEST(Calibrate, AToleranceBelowTheNoiseCriesWolf) {
  BudgetsFile file = without_budgets();
  Budget budget;
  budget.id = "tight";
  budget.metric_id = "team.a";
  budget.metric = time_metric("team.a");
  budget.max_increase = Increase{0.001, std::nullopt};
  file.budgets = {budget};
  const std::vector<Sample> samples{spread("team.a", 30, 2000, 0.3)};
  CalibrationOptions options;
  options.paired = true;
  const Calibration tight = calibrate(file, samples, samples, options);
  EXPECT_GT(tight.suspicious, 0.002);
  file.budgets[0].max_increase = Increase{0.5, std::nullopt};
  const Calibration wide = calibrate(file, samples, samples, options);
  EXPECT_LT(wide.suspicious, tight.suspicious);
  EXPECT_EQ(wide.metrics[0].budget, "tight");
}

TEST(Calibrate, SaysThatTwoMeasurementsOfOneCommitDiffer) {
  const Calibration result =
      calibrate(without_budgets(), {spread("team.a", 30, 2000, 0.05)}, {spread("team.a", 30, 2200, 0.05)}, {});
  EXPECT_LT(result.metrics[0].p, 1e-6);
  EXPECT_NEAR(result.metrics[0].shift, 0.1, 0.01);
}

TEST(Calibrate, TooFewRunsAreSaidNotJudged) {
  const Calibration result =
      calibrate(without_budgets(), {spread("team.a", 9, 2000, 0.05)}, {spread("team.a", 10, 2000, 0.05)}, {});
  ASSERT_EQ(result.metrics.size(), 1U);
  EXPECT_FALSE(result.metrics[0].enough);
  EXPECT_EQ(result.changes, 0U);
}

TEST(Calibrate, IsTheSameEveryTime) {
  const std::vector<Sample> samples{spread("team.a", 30, 2000, 0.4), spread("team.b", 25, 500, 0.5)};
  const Calibration first = calibrate(without_budgets(), samples, samples, {});
  const Calibration second = calibrate(without_budgets(), samples, samples, {});
  EXPECT_EQ(first.suspicious, second.suspicious);
  EXPECT_GT(first.suspicious, 0);
}

TEST(Calibrate, LeavesOutLimitsThatAreBrokenAnyway) {
  BudgetsFile file = without_budgets();
  Budget budget;
  budget.id = "broken";
  budget.metric_id = "team.a";
  budget.metric = time_metric("team.a");
  budget.max = 100;
  file.budgets = {budget};
  const std::vector<Sample> samples{spread("team.a", 30, 2000, 0.02)};
  EXPECT_EQ(calibrate(file, samples, samples, {}).failed, 0);
}

}  // namespace
}  // namespace budgetcheck
