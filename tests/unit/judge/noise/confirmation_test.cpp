#include "judge/noise/confirmation.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

KnownQuantiles told(double p50, double p99) {
  KnownQuantiles run;
  run.add(0.5, p50);
  run.add(0.99, p99);
  return run;
}

Budget on(Stat stat) {
  Budget budget;
  budget.metric_id = "load.duration";
  budget.metric.emplace();
  budget.metric->metric_class = MetricClass::kPercentile;
  budget.metric->unit = Unit::kMilliseconds;
  budget.stat = stat;
  return budget;
}

/// The slow end is half as slow again as the base's, the middle is not.
Results rerun_of(int runs) {
  Sample sample;
  sample.metric = "load.duration";
  sample.where = {{"test", "checkout"}};
  QuantileRuns head;
  for (int i = 0; i < runs; ++i) {
    head.push_back(told(100 + i % 3, 300 + i));
    sample.base_quantiles.push_back(told(100 + (i + 1) % 3, 200 + i));
  }
  sample.value = head;
  Results results;
  results.samples = {sample};
  return results;
}

TEST(Confirmation, EachQuantileIsAQuestionOfItsOwn) {
  const Results rerun = rerun_of(10);
  Confirmation confirmation(&rerun);
  const Sample& head = rerun.samples.front();
  confirmation.suspect(on(Stat::kP99), head);
  confirmation.suspect(on(Stat::kMedian), head);
  confirmation.suspect(on(Stat::kP95), head);  // nobody tells it
  confirmation.decide();
  EXPECT_EQ(confirmation.family(), 3U);
  ASSERT_NE(confirmation.outcome(head, Stat::kP99), nullptr);
  EXPECT_TRUE(confirmation.outcome(head, Stat::kP99)->significant);
  EXPECT_EQ(confirmation.outcome(head, Stat::kP99)->base_runs, 10U);
  ASSERT_NE(confirmation.outcome(head, Stat::kMedian), nullptr);
  EXPECT_FALSE(confirmation.outcome(head, Stat::kMedian)->significant);
  EXPECT_EQ(confirmation.outcome(head, Stat::kP95), nullptr);
  EXPECT_EQ(confirmation.sample(head, Stat::kP95), nullptr);
  EXPECT_EQ(aggregate(*confirmation.sample(head, Stat::kP99), Stat::kMax), 309);
}

TEST(Confirmation, RunsAnswerForAnyStat) {
  Results rerun;
  Sample sample;
  sample.metric = "lighthouse.lcp";
  sample.value = Runs{3, 4, 5};
  sample.base_runs = {1, 2, 3};
  rerun.samples = {sample};
  Confirmation confirmation(&rerun);
  confirmation.suspect(on(Stat::kMedian), sample);
  confirmation.suspect(on(Stat::kP75), sample);
  confirmation.decide();
  EXPECT_EQ(confirmation.family(), 1U) << "one measurement";
  EXPECT_NE(confirmation.outcome(sample, Stat::kP75), nullptr);
}

}  // namespace
}  // namespace budgetcheck
