#include <gtest/gtest.h>

#include "judge/counts/count_verdict.h"

namespace budgetcheck {
namespace {

Sample told(std::uint64_t failed, std::uint64_t n) {
  KnownQuantiles run;
  run.add(0.5, 1);
  run.add(0.9, 4);
  run.add(0.99, 40);
  run.n = n;
  Sample sample;
  sample.unit = Unit::kMilliseconds;
  sample.value = QuantileRuns{run};
  sample.failures_within = Rate{failed, n};
  return sample;
}

bool is_open(const Sample& sample, Stat stat, double max) {
  Budget budget;
  budget.stat = stat;
  budget.max = max;
  return limit_left_open_by_failures(budget, sample).has_value();
}

TEST(MixedDurations, OfAFewFailuresAreThoseOfTheSuccesses) {
  EXPECT_FALSE(failures_blur(told(0, 1000)));
  EXPECT_FALSE(failures_blur(told(10, 1000))) << "1 %";
  EXPECT_TRUE(failures_blur(told(11, 1000)));
  EXPECT_FALSE(is_open(told(100, 1000), Stat::kP90, 10)) << "they hide a tenth of the tail at most";
  EXPECT_TRUE(is_open(told(101, 1000), Stat::kP90, 10));
  EXPECT_FALSE(is_open(told(11, 1000), Stat::kP90, 3)) << "a tenth of the tail, were all of them in it";
  EXPECT_TRUE(is_open(told(12, 1000), Stat::kP90, 3));
}

TEST(MixedDurations, FastFailuresDoNotKeepALimit) {
  // 90 % are refused at once: the slow end of all is the middle of the successes.
  const Sample refused = told(900, 1000);
  EXPECT_TRUE(is_open(refused, Stat::kP90, 10)) << "the p90 of the successes is at rank 0.99, which is 40 ms";
  EXPECT_FALSE(is_open(refused, Stat::kP90, 50)) << "even that keeps 50 ms";
  EXPECT_TRUE(is_open(refused, Stat::kP99, 50)) << "nothing is told of rank 0.999";
}

TEST(MixedDurations, SlowFailuresDoNotBreakOne) {
  const Sample timed_out = told(300, 1000);
  EXPECT_TRUE(is_open(timed_out, Stat::kP99, 20)) << "p99 of all is 40 ms, but it may be a failure";
  EXPECT_FALSE(is_open(timed_out, Stat::kP99, 0.5)) << "even the median is over it";
  Budget only_base;
  only_base.stat = Stat::kP99;
  EXPECT_FALSE(limit_left_open_by_failures(only_base, timed_out).has_value()) << "it has no limit";
}

TEST(MixedDurations, OfRawValuesAreBoundedToo) {
  Sample sample = told(300, 1000);
  Distribution values;
  for (int i = 1; i <= 1000; ++i) {
    values.add(i);
  }
  sample.value = values;
  EXPECT_FALSE(is_open(sample, Stat::kMedian, 700)) << "at most rank 0.65";
  EXPECT_TRUE(is_open(sample, Stat::kMedian, 600));
  EXPECT_FALSE(is_open(sample, Stat::kMedian, 300)) << "at least rank 0.35";
}

}  // namespace
}  // namespace budgetcheck
