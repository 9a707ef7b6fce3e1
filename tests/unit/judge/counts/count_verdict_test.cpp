#include "judge/counts/count_verdict.h"

#include <gtest/gtest.h>

#include <cmath>

namespace budgetcheck {
namespace {

Metric rate_metric() {
  Metric metric;
  metric.id = "api.error_rate";
  metric.unit = Unit::kRatio;
  metric.metric_class = MetricClass::kRate;
  metric.floor_absolute = 0.002;
  metric.floor_relative = 0.5;
  return metric;
}

Metric time_metric() {
  Metric metric;
  metric.id = "queries.time";
  metric.unit = Unit::kMilliseconds;
  metric.metric_class = MetricClass::kPercentile;
  metric.floor_absolute = 25;
  metric.floor_relative = 0.1;
  return metric;
}

struct Pair {
  Budget budget;
  Sample head;
  Sample base;
  bool has_base = true;

  explicit Pair(const Metric& metric) {
    budget.id = "b";
    budget.metric_id = metric.id;
    budget.metric = metric;
    head.metric = base.metric = metric.id;
    head.unit = base.unit = metric.unit;
  }
  Verdict verdict() const {
    BaseComparison comparison;
    comparison.has_base = has_base;
    comparison.base = has_base ? &base : nullptr;
    return judge_sample(budget, head, comparison, "2026-11-23");
  }
  std::string outcome() const {
    const Verdict v = verdict();
    return std::string(to_string(v.status)) + " " + v.code;
  }
};

Pair rates(std::uint64_t head, std::uint64_t base, std::uint64_t n, double max = 0.05) {
  Pair pair(rate_metric());
  pair.budget.max = max;
  pair.head.value = Rate{head, n};
  pair.base.value = Rate{base, n};
  return pair;
}

TEST(Rates, FailByTheExactTestAndBothFloors) {
  EXPECT_EQ(rates(34, 10, 2000).outcome(), "fail REGRESSED");
  EXPECT_NE(rates(34, 10, 2000).verdict().message.find("1 in 5"), std::string::npos)
      << rates(34, 10, 2000).verdict().message;
  EXPECT_EQ(rates(31, 10, 2000).outcome(), "fail REGRESSED") << "p is 0.00069";
  EXPECT_EQ(rates(30, 10, 2000).outcome(), "pass OK") << "p is 0.00106";
  EXPECT_EQ(rates(20, 10, 2000).outcome(), "pass OK") << "twice as many, and chance alone explains it";
  EXPECT_EQ(rates(1150, 1000, 200000).outcome(), "pass OK") << "certain, but less than 0.2 points";
  EXPECT_EQ(rates(1400, 1000, 100000).outcome(), "pass OK") << "certain and 0.4 points, but only 40 %";
  EXPECT_EQ(rates(15, 0, 2000).outcome(), "fail REGRESSED") << "from none at all";
}

TEST(Rates, NeedAThousandTrialsForALimit) {
  EXPECT_EQ(rates(60, 60, 1000).outcome(), "warn PREEXISTING_BREACH");
  Pair pair = rates(60, 60, 1000);
  pair.has_base = false;
  EXPECT_EQ(pair.outcome(), "fail LIMIT_EXCEEDED");
  pair.head.value = Rate{50, 1000};
  EXPECT_EQ(pair.outcome(), "pass NO_BASE") << "exactly 5 % is kept";
  pair.head.value = Rate{60, 999};
  EXPECT_EQ(pair.outcome(), "inconclusive TOO_FEW_RUNS");
  pair.head.value = Rate{0, 10};
  EXPECT_EQ(pair.outcome(), "inconclusive TOO_FEW_RUNS") << "none of ten is no proof of 5 %";
  pair.head.value = 0.01;
  EXPECT_EQ(pair.outcome(), "inconclusive TOO_FEW_RUNS") << "a share of unknown counts";
}

TEST(Rates, WhoseLimitIsExactNeedNoThousandTrials) {
  Pair pair = rates(60, 60, 1000);
  pair.has_base = false;
  pair.budget.metric->exact_limit = true;
  pair.head.value = Rate{1, 20};
  EXPECT_EQ(pair.outcome(), "pass NO_BASE") << "exactly 5 %";
  pair.head.value = Rate{2, 20};
  EXPECT_EQ(pair.outcome(), "fail LIMIT_EXCEEDED");
  pair.head.value = Rate{0, 0};
  EXPECT_EQ(pair.outcome(), "inconclusive TOO_FEW_RUNS") << "nothing was counted";
}

TEST(Rates, OfSuccessFallByWhatIsMissing) {
  Pair pair = rates(1966, 1990, 2000);
  pair.budget.max.reset();
  pair.budget.min = 0.9;
  pair.budget.metric->direction = Direction::kHigherIsBetter;
  EXPECT_EQ(pair.outcome(), "fail REGRESSED");
  pair.head.value = Rate{1996, 2000};
  EXPECT_EQ(pair.outcome(), "pass OK");
}

Pair proven(std::uint64_t failed, std::uint64_t n, double max) {
  Pair pair = rates(failed, failed, n, max);
  pair.has_base = false;
  pair.budget.metric->proven_limit = true;
  return pair;
}

TEST(Rates, ProveALimitByTheirTrials) {
  EXPECT_EQ(proven(0, 2000, 0.001).outcome(), "inconclusive TOO_FEW_RUNS");
  EXPECT_NE(proven(0, 2000, 0.001).verdict().message.find("0 of 2000 failed proves at most 0.15%, not 0.1%"),
            std::string::npos)
      << proven(0, 2000, 0.001).verdict().message;
  EXPECT_NE(proven(0, 2000, 0.001).verdict().hint.find("2995 trials"), std::string::npos)
      << proven(0, 2000, 0.001).verdict().hint;
  EXPECT_EQ(proven(0, 2994, 0.001).outcome(), "inconclusive TOO_FEW_RUNS");
  EXPECT_EQ(proven(0, 2995, 0.001).outcome(), "pass NO_BASE");
  EXPECT_EQ(proven(0, 299, 0.01).outcome(), "pass NO_BASE") << "three in a hundred need no thousand trials";
  EXPECT_EQ(proven(0, 298, 0.01).outcome(), "inconclusive TOO_FEW_RUNS");
}

TEST(Rates, BreakAProvenLimitBeyondChance) {
  EXPECT_EQ(proven(4, 100, 0.01).outcome(), "fail LIMIT_EXCEEDED") << "p is 0.018";
  EXPECT_EQ(proven(3, 100, 0.01).outcome(), "inconclusive LIMIT_STRADDLED") << "p is 0.079";
  EXPECT_EQ(proven(9, 1000, 0.01).outcome(), "pass NO_BASE") << "below it, of enough trials";
  EXPECT_EQ(proven(1, 5000, 0).outcome(), "fail LIMIT_EXCEEDED") << "none is none";
  EXPECT_EQ(proven(0, 5, 0).outcome(), "pass NO_BASE") << "of none no number is a proof, so what was seen counts";
}

TEST(Rates, OfSuccessProveAMinimum) {
  Pair pair = proven(2000, 2000, 0);
  pair.budget.max.reset();
  pair.budget.min = 0.999;
  pair.budget.metric->direction = Direction::kHigherIsBetter;
  EXPECT_EQ(pair.outcome(), "inconclusive TOO_FEW_RUNS");
  EXPECT_NE(pair.verdict().message.find("99.85%"), std::string::npos) << pair.verdict().message;
  pair.budget.min = 0.99;
  EXPECT_EQ(pair.outcome(), "pass NO_BASE");
  pair.head.value = Rate{1950, 2000};
  EXPECT_EQ(pair.outcome(), "fail LIMIT_EXCEEDED");
}

/// n values spread evenly over a decade from `low`.
Distribution spread(std::size_t n, double low) {
  Distribution out;
  for (std::size_t i = 0; i < n; ++i) {
    out.add(low * std::pow(10, (static_cast<double>(i) + 0.5) / static_cast<double>(n)));
  }
  return out;
}

Pair times(std::size_t n, double head, double base, Stat stat = Stat::kP95) {
  Pair pair(time_metric());
  pair.budget.stat = stat;
  pair.budget.max = 1e6;
  pair.head.value = spread(n, head);
  pair.base.value = spread(n, base);
  return pair;
}

TEST(Percentiles, FailWhenTheirIntervalsDoNotTouch) {
  EXPECT_EQ(times(1000, 160, 100).outcome(), "fail REGRESSED");
  EXPECT_EQ(times(1000, 108, 100).outcome(), "pass OK");
  EXPECT_EQ(times(100000, 112, 100).outcome(), "pass OK") << "what lies between two jobs does not shrink with n";
  EXPECT_EQ(times(100000, 130, 100).outcome(), "fail REGRESSED");
  EXPECT_EQ(times(100000, 2.6, 1).outcome(), "pass OK") << "less than 25 ms";
}

TEST(Percentiles, NeedTenValuesBeyondThem) {
  EXPECT_EQ(times(199, 101, 100).outcome(), "pass OK");
  EXPECT_NE(times(199, 101, 100).verdict().message.find("199 values are too few"), std::string::npos);
  Pair grown = times(199, 160, 100);
  grown.budget.max_increase = Increase{0.1, std::nullopt};
  EXPECT_EQ(grown.outcome(), "inconclusive TOO_FEW_RUNS");
  grown = times(999, 300, 100, Stat::kP99);
  grown.budget.max_increase = Increase{0.1, std::nullopt};
  EXPECT_EQ(grown.outcome(), "inconclusive TOO_FEW_RUNS");
  EXPECT_EQ(times(1000, 300, 100, Stat::kP99).outcome(), "fail REGRESSED");
}

TEST(Percentiles, OfTooFewValuesAreJudgedByTheirLimitAlone) {
  const Pair pair = times(199, 160, 100);
  EXPECT_EQ(pair.outcome(), "pass OK") << "it has no max_increase";
  EXPECT_NE(pair.verdict().message.find("199 values are too few"), std::string::npos) << pair.verdict().message;
  BaseComparison comparison;
  comparison.has_base = true;
  comparison.base = &pair.base;
  EXPECT_EQ(runs_to_judge_growth(pair.budget, pair.head, comparison), 200U);
  EXPECT_EQ(runs_to_judge_growth(times(199, 101, 100).budget, pair.base, comparison), 0U) << "nothing grew";
  Pair only_growth = times(199, 101, 100);
  only_growth.budget.max.reset();
  EXPECT_EQ(only_growth.outcome(), "pass OK") << "within what is allowed";
  only_growth.head.value = spread(199, 160);
  EXPECT_EQ(only_growth.outcome(), "inconclusive TOO_FEW_RUNS") << "nothing else guards it";
}

TEST(Percentiles, OfTooFewValuesBlameNobodyForABreachThatTheBaseHas) {
  Pair pair = times(12, 101, 100);
  pair.budget.max = 700;
  EXPECT_EQ(pair.outcome(), "warn PREEXISTING_BREACH");
  pair.budget.max = 90;
  EXPECT_EQ(pair.outcome(), "warn PREEXISTING_BREACH") << "all twelve are over it, on the base as well";
}

TEST(Percentiles, BreakALimitByTheirLowerBound) {
  Pair pair = times(300, 100, 100);  // p95 is 891 ms
  pair.has_base = false;
  pair.budget.max = 891.5;
  EXPECT_EQ(pair.outcome(), "pass NO_BASE");
  pair.budget.max = 880;
  EXPECT_EQ(pair.outcome(), "inconclusive LIMIT_STRADDLED");
  pair.budget.max = 600;
  EXPECT_EQ(pair.outcome(), "fail LIMIT_EXCEEDED");
  pair.head.value = spread(12, 100);
  pair.budget.max = 700;
  EXPECT_EQ(pair.outcome(), "inconclusive TOO_FEW_RUNS");
  pair.budget.max = 90;
  EXPECT_EQ(pair.outcome(), "fail LIMIT_EXCEEDED") << "all twelve are over it";
  pair.head.value = 700.0;
  EXPECT_EQ(pair.outcome(), "inconclusive TOO_FEW_RUNS") << "a percentile of unknown values";
}

KnownQuantiles told(std::uint64_t n) {
  KnownQuantiles run;
  run.add(0.5, 100);
  run.add(0.9, 300);
  run.add(0.99, 900);
  run.max = 1200;
  run.n = n;
  return run;
}

Pair of_summary(std::uint64_t n, Stat stat, double max) {
  Pair pair(time_metric());
  pair.has_base = false;
  pair.budget.stat = stat;
  pair.budget.max = max;
  pair.head.value = QuantileRuns{told(n)};
  return pair;
}

TEST(KnownQuantilesVerdict, AnotherStatIsNeverMadeUp) {
  const Pair pair = of_summary(5000, Stat::kP95, 2000);
  EXPECT_EQ(pair.outcome(), "inconclusive NOT_TOLD");
  EXPECT_NE(pair.verdict().message.find("no p95, only p50, p90, p99 and max"), std::string::npos)
      << pair.verdict().message;
  Pair warning = pair;
  warning.budget.level = Level::kWarning;
  EXPECT_EQ(warning.outcome(), "warn NOT_TOLD");
}

TEST(KnownQuantilesVerdict, BreakALimitWhereTheirNeighboursLeaveNoDoubt) {
  EXPECT_EQ(of_summary(5000, Stat::kP99, 900).outcome(), "pass NO_BASE") << "exactly at it";
  EXPECT_EQ(of_summary(5000, Stat::kP99, 400).outcome(), "fail LIMIT_EXCEEDED");
  EXPECT_EQ(of_summary(5000, Stat::kP99, 880).outcome(), "inconclusive LIMIT_STRADDLED");
  EXPECT_EQ(of_summary(50, Stat::kP99, 400).outcome(), "inconclusive TOO_FEW_RUNS");
  EXPECT_EQ(of_summary(0, Stat::kP99, 250).outcome(), "fail LIMIT_EXCEEDED") << "even p90 is over it";
  EXPECT_EQ(of_summary(0, Stat::kP99, 400).outcome(), "inconclusive LIMIT_STRADDLED") << "of how many is unknown";
  EXPECT_EQ(of_summary(5000, Stat::kMax, 1000).outcome(), "fail LIMIT_EXCEEDED") << "the largest is a fact";
}

TEST(KnownQuantilesVerdict, GrowthNeedsSeveralRunsOrValues) {
  Pair pair = of_summary(5000, Stat::kP99, 5000);
  pair.has_base = true;
  KnownQuantiles half = told(5000);
  for (KnownQuantiles::Point& point : half.points) {
    point.value /= 2;
  }
  pair.base.value = QuantileRuns{half};
  EXPECT_EQ(pair.outcome(), "pass OK") << pair.verdict().message;
  EXPECT_NE(pair.verdict().message.find("cannot be told from chance"), std::string::npos) << pair.verdict().message;
  pair.budget.max_increase = Increase{0.1, std::nullopt};
  EXPECT_EQ(pair.outcome(), "inconclusive TOO_FEW_RUNS");
  pair.base.value = QuantileRuns{half, half, half, half};
  pair.head.value = QuantileRuns{told(5000), told(5000), told(5000), told(5000)};
  EXPECT_NE(pair.outcome(), "inconclusive TOO_FEW_RUNS") << "four runs of each side are compared";
  EXPECT_NE(pair.outcome(), "pass OK") << pair.verdict().message;
  KnownQuantiles without;
  without.add(0.5, 50);
  pair.base.value = QuantileRuns{without};
  EXPECT_EQ(pair.outcome(), "pass NO_BASE") << "the base does not tell this one";
}

TEST(KnownQuantilesVerdict, AnotherLoadIsNotCompared) {
  Pair pair = of_summary(5000, Stat::kP99, 5000);
  pair.budget.metric_id = "load.duration";
  pair.head.where = pair.base.where = {{"test", "pay"}};
  KnownQuantiles half = told(5000);
  for (KnownQuantiles::Point& point : half.points) {
    point.value /= 2;
  }
  pair.base.value = QuantileRuns{half};
  Circumstances circumstances;
  circumstances.head.parts["load pay"] = "64 connections";
  circumstances.base.parts["load pay"] = "8 connections";
  BaseComparison comparison;
  comparison.has_base = true;
  comparison.base = &pair.base;
  comparison.circumstances = &circumstances;
  const auto judged = [&] { return judge_sample(pair.budget, pair.head, comparison, "2026-11-23"); };
  EXPECT_EQ(judged().status, Status::kPass) << "its limit holds whatever the base is";
  EXPECT_NE(judged().message.find("different loads ('64 connections' here, '8 connections' on the base)"),
            std::string::npos)
      << judged().message;
  pair.budget.max_increase = Increase{0.1, std::nullopt};
  EXPECT_EQ(judged().code, "ENV_MISMATCH");
  circumstances.head.parts["load pay"] = "8 connections";
  EXPECT_EQ(judged().code, "TOO_FEW_RUNS");
}

TEST(Percentiles, TheLargestIsAFact) {
  Pair pair = times(30, 100, 100, Stat::kMax);
  pair.budget.max = 900;
  pair.has_base = false;
  EXPECT_EQ(pair.outcome(), "fail LIMIT_EXCEEDED");
}

}  // namespace
}  // namespace budgetcheck
