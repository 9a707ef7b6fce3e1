#include "judge/history/record_history.h"

#include <gtest/gtest.h>

#include <cmath>

namespace budgetcheck {
namespace {

Metric metric_of(const std::string& id, MetricClass metric_class) {
  Metric metric;
  metric.id = id;
  metric.metric_class = metric_class;
  metric.unit = metric_class == MetricClass::kBytes ? Unit::kBytes : Unit::kMilliseconds;
  return metric;
}

MetricCatalogue catalogue() {
  return MetricCatalogue(
      {metric_of("team.size", MetricClass::kBytes), metric_of("team.time", MetricClass::kTimingQuiet)});
}

template <class Value>
Results record(const std::string& metric, Value value, const std::string& key = "runner-a") {
  Results out;
  out.env.key = key;
  Sample sample;
  sample.metric = metric;
  sample.where = {{"page", "/"}};
  sample.value = value;
  out.samples = {sample};
  return out;
}

std::optional<SampleHistory> history_of(Results newest, const std::vector<Results>& before) {
  std::vector<const Results*> pointers;
  for (const Results& one : before) {
    pointers.push_back(&one);
  }
  add_history(newest, pointers, catalogue());
  return newest.samples[0].history;
}

TEST(RecordHistory, OfBytesIsTheWorstAndTheLast) {
  const auto history = history_of(record("team.size", 100.0), {record("team.size", 101.0), record("team.size", 107.0),
                                                               record("team.size", 103.0, "runner-b")});
  ASSERT_TRUE(history.has_value());
  EXPECT_EQ(history->records, 3U);
  EXPECT_EQ(history->max, 107);
  EXPECT_EQ(history->last, (std::vector<double>{103, 107, 101})) << "oldest first";
  EXPECT_FALSE(history->s_run.has_value()) << "sizes have no noise";
}

TEST(RecordHistory, OfTimesIsTheirNoiseOnLikeMachines) {
  // ln(x + 25 ms) of these runs: ln 1000 -+ 0.1, so the standard deviation of three is 0.1.
  const auto around = [](double ms, double spread) {
    return Runs{ms * std::exp(-spread) - 25, ms - 25, ms * std::exp(spread) - 25};
  };
  const auto history = history_of(record("team.time", around(1000, 0)),
                                  {record("team.time", around(1000, 0.1)), record("team.time", around(1100, 0.2)),
                                   record("team.time", around(9999, 0.9), "runner-b"),
                                   record("team.time", around(1000, 0.1)), record("team.time", around(1100, 0.1))});
  ASSERT_TRUE(history.has_value());
  EXPECT_EQ(history->records, 4U);
  EXPECT_NEAR(*history->s_run, std::sqrt((0.01 + 0.04 + 0.01 + 0.01) / 4), 1e-6);
  EXPECT_NEAR(*history->s_diff, 1.4826 * std::log(1.1), 1e-6);
  EXPECT_NEAR(*history->max, 1075, 1e-9);
}

TEST(RecordHistory, CountsThirtyRecordsAndKeepsTenValues) {
  const std::vector<Results> before(50, record("team.size", 100.123456789));
  const auto history = history_of(record("team.size", 1.0), before);
  ASSERT_TRUE(history.has_value());
  EXPECT_EQ(history->records, 30U);
  EXPECT_EQ(history->last, std::vector<double>(10, 100.123));
}

TEST(RecordHistory, IsMissingWhereThereIsNone) {
  EXPECT_FALSE(history_of(record("team.size", 1.0), {}).has_value());
  EXPECT_FALSE(history_of(record("team.size", 1.0), {record("team.time", Runs{1, 2})}).has_value());
  EXPECT_FALSE(history_of(record("team.unknown", 1.0), {record("team.unknown", 1.0)}).has_value())
      << "nobody knows what is worse";
  Results carried = record("team.size", 1.0);
  carried.samples[0].history = SampleHistory{99, {}, {}, {}, {}};
  EXPECT_FALSE(history_of(carried, {}).has_value()) << "an input cannot bring its own";
}

}  // namespace
}  // namespace budgetcheck
