#include "judge/noise/noise.h"

#include <gtest/gtest.h>

#include <cmath>

namespace budgetcheck {
namespace {

Metric metric_of(MetricClass metric_class, Unit unit = Unit::kMilliseconds) {
  Metric metric;
  metric.metric_class = metric_class;
  metric.unit = unit;
  metric.floor_absolute = 3;
  metric.floor_relative = 0.05;
  return metric;
}

TEST(Transform, AddsTheSmallestChangeThatMattersAndIsSafeAtZero) {
  const Transform quiet(metric_of(MetricClass::kTimingQuiet));
  const Transform noisy(metric_of(MetricClass::kTimingNoisy));
  const Transform shifts(metric_of(MetricClass::kCls, Unit::kNone));
  EXPECT_DOUBLE_EQ(quiet(75), std::log(100));
  EXPECT_DOUBLE_EQ(noisy(0), std::log(50));
  EXPECT_DOUBLE_EQ(noisy(-5), std::log(50));
  EXPECT_DOUBLE_EQ(shifts(0.09), std::log(0.1));
  EXPECT_NEAR(quiet.relative(quiet(2150) - quiet(2010), 2010), 2175.0 / 2035 - 1, 1e-12);
  EXPECT_NEAR(quiet.worsened(2010, quiet(2150) - quiet(2010)), 2150, 1e-9);
}

TEST(Transform, TurnsScoresAndWhatShouldBeHighAround) {
  Metric score = metric_of(MetricClass::kScore, Unit::kPoints);
  score.direction = Direction::kHigherIsBetter;
  const Transform points(score);
  EXPECT_NEAR(points(92) - points(95), 0.03, 1e-12) << "a share of a perfect score";
  EXPECT_NEAR(points.worsened(95, 0.03), 92, 1e-12);
  EXPECT_NEAR(points.absolute(92, 95), 3, 1e-12);
  Metric speed = metric_of(MetricClass::kTimingNoisy);
  speed.direction = Direction::kHigherIsBetter;
  const Transform higher(speed);
  EXPECT_GT(higher(100), higher(200));
  EXPECT_NEAR(higher.relative(higher(100) - higher(250), 250), 1, 1e-12) << "from 300 to 150 with the offset";
  EXPECT_EQ(higher.absolute(100, 250), 150);
}

TEST(Floors, AreTheBudgetsOwnOrThoseOfTheClass) {
  Budget budget;
  budget.metric = metric_of(MetricClass::kTimingQuiet);
  EXPECT_EQ(floors_of(budget).absolute, 3);
  EXPECT_EQ(floors_of(budget).relative, 0.05);
  budget.max_increase = Increase{0.2, std::nullopt};
  EXPECT_EQ(floors_of(budget).absolute, 0);
  EXPECT_EQ(floors_of(budget).relative, 0.2);
}

TEST(Noise, TakesALongHistoryAsItIs) {
  const SampleHistory history{30, 1.1, 0.04, std::nullopt, {}};
  const Noise noise = noise_of(metric_of(MetricClass::kTimingNoisy), {1, 2, 3}, nullptr, &history);
  EXPECT_EQ(noise.s_run, 1.1);
  EXPECT_EQ(noise.s_diff, 0.04);
  EXPECT_TRUE(noise.from_history);
}

TEST(Noise, PoolsTheRunsAtHandWithoutOne) {
  const SampleHistory short_history{9, 1.1, std::nullopt, std::nullopt, {}};
  const Runs head{975, 1075, 1175};   // ln of 1000, 1100, 1200
  const Runs base{1975, 1975, 1975};  // no spread
  const Noise noise = noise_of(metric_of(MetricClass::kTimingQuiet), head, &base, &short_history);
  const double mean = (std::log(1000) + std::log(1100) + std::log(1200)) / 3;
  double squares = 0;
  for (const double x : {1000, 1100, 1200}) {
    squares += (std::log(x) - mean) * (std::log(x) - mean);
  }
  EXPECT_NEAR(noise.s_run, std::sqrt(squares / 4), 1e-12) << "over both sides' degrees of freedom";
  EXPECT_FALSE(noise.from_history);
  EXPECT_EQ(noise_of(metric_of(MetricClass::kTimingQuiet), base, nullptr, nullptr).s_run, 0.03) << "not below 3 %";
  EXPECT_EQ(noise_of(metric_of(MetricClass::kScore), {90, 90, 90}, nullptr, nullptr).s_run, 0.01);
  EXPECT_EQ(noise_of(metric_of(MetricClass::kTimingNoisy), {90}, nullptr, nullptr).s_run, 0.12)
      << "one run says nothing about its noise";
}

TEST(StandardError, IsThatOfTwoMediansAndNotBelowWhatLiesBetweenJobs) {
  Noise noise{0.03, 0.033, true};
  const double paired = std::sqrt(3.14159265358979 / 2 * 0.0009 * 0.4 + 0.000025);
  EXPECT_NEAR(standard_error(noise, 5, 5, true), paired, 1e-12);
  EXPECT_EQ(standard_error(noise, 5, 5, false), 0.033);
  noise.s_diff = 0.001;
  EXPECT_NEAR(standard_error(noise, 5, 5, false), paired, 1e-12);
}

TEST(MinimumDetectable, IsThePublishedOneForFiveRuns) {
  // The noise models of the research, outliers included: sd 3 % with 1 % x1.3, 12 % with 3 % x1.6, 3 % with 30 % x1.35.
  const auto spread = [](double sd, double share, double factor) {
    return std::sqrt(sd * sd + share * (1 - share) * std::log(factor) * std::log(factor));
  };
  const auto effect = [](double s_run) {
    return std::expm1(detectable_shift(standard_error(Noise{s_run, {}, true}, 5, 5, true)));
  };
  EXPECT_NEAR(effect(spread(0.03, 0.01, 1.3)), 0.13, 0.01);
  EXPECT_NEAR(effect(spread(0.12, 0.03, 1.6)), 0.57, 0.01);
  EXPECT_NEAR(effect(spread(0.03, 0.30, 1.35)), 0.56, 0.02);
}

TEST(RunsToDetect, AreAsFewAsWillDo) {
  const Noise noise{0.03, {}, true};
  const auto runs = runs_to_detect(noise, std::log(1.1));
  ASSERT_TRUE(runs.has_value());
  EXPECT_LE(detectable_shift(standard_error(noise, *runs, *runs, true)), std::log(1.1));
  EXPECT_GT(detectable_shift(standard_error(noise, *runs - 1, *runs - 1, true)), std::log(1.1));
  EXPECT_FALSE(runs_to_detect(Noise{1.1, {}, true}, std::log(1.1)).has_value());
}

TEST(RunsOf, StandForEveryKindOfValue) {
  Sample sample;
  sample.value = 3.0;
  EXPECT_EQ(runs_of(sample), Runs{3});
  sample.value = Rate{1, 2};
  EXPECT_TRUE(runs_of(sample).empty());
  Distribution many;
  for (int i = 0; i < 1000; ++i) {
    many.add(i);
  }
  sample.value = many;
  EXPECT_EQ(runs_of(sample).size(), 64U);
  EXPECT_NEAR(quantile(runs_of(sample), 0.5), 500, 10);
}

}  // namespace
}  // namespace budgetcheck
