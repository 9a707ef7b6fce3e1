#include "model/sample.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "model/finding.h"
#include "model/metric.h"
#include "model/rule.h"

namespace budgetcheck {
namespace {

Sample with(decltype(Sample::value) value) {
  Sample sample;
  sample.value = std::move(value);
  return sample;
}

TEST(Sample, AggregatesEveryKind) {
  const Sample runs = with(Runs{40, 10, 30, 20});
  EXPECT_EQ(aggregate(runs, Stat::kMedian), 25);
  EXPECT_EQ(aggregate(runs, Stat::kMean), 25);
  EXPECT_EQ(aggregate(runs, Stat::kMin), 10);
  EXPECT_EQ(aggregate(runs, Stat::kMax), 40);
  EXPECT_EQ(aggregate(runs, Stat::kP75), 32.5);
  EXPECT_EQ(aggregate(with(7.0), Stat::kP99), 7);
  EXPECT_EQ(aggregate(with(Rate{2, 2000}), Stat::kMean), 0.001);
  EXPECT_EQ(aggregate(with(Rate{0, 0}), Stat::kMean), 0);
  Distribution d;
  d.add(1);
  d.add(3);
  EXPECT_EQ(aggregate(with(d), Stat::kMean), 2);
  EXPECT_EQ(aggregate(with(d), Stat::kMax), 3);
  EXPECT_EQ(run_count(runs), 4U);
  EXPECT_EQ(run_count(with(7.0)), 1U);
  EXPECT_EQ(run_count(with(Rate{2, 2000})), 2000U);
  EXPECT_EQ(run_count(with(d)), 2U);
}

TEST(Stat, NamesRoundTrip) {
  for (const std::string& name : stat_names()) {
    Stat stat = Stat::kMean;
    ASSERT_TRUE(parse_stat(name, stat));
    EXPECT_EQ(to_string(stat), name);
  }
  Stat stat = Stat::kMean;
  EXPECT_FALSE(parse_stat("p50", stat));
  EXPECT_FALSE(parse_stat("", stat));
}

TEST(MetricCatalogue, ExactIdsWinOverWildcards) {
  Metric wild;
  wild.id = "lighthouse.score.*";
  wild.unit = Unit::kPoints;
  Metric wider;
  wider.id = "lighthouse.*";
  Metric exact;
  exact.id = "lighthouse.score.seo";
  exact.title = "exact";
  const MetricCatalogue catalogue({wider, wild, exact});
  EXPECT_EQ(catalogue.find("lighthouse.score.seo")->title, "exact");
  EXPECT_EQ(catalogue.find("lighthouse.score.performance")->unit, Unit::kPoints);
  EXPECT_EQ(catalogue.find("lighthouse.score.performance")->id, "lighthouse.score.performance");
  EXPECT_FALSE(catalogue.find("bundle.gzip"));
}

TEST(MetricClass, NamesRoundTrip) {
  for (const char* name : {"bytes", "count", "timing-quiet", "timing-noisy", "cls", "score", "rate", "percentile"}) {
    MetricClass c = MetricClass::kBytes;
    ASSERT_TRUE(parse_metric_class(name, c));
    EXPECT_EQ(to_string(c), name);
  }
  MetricClass c = MetricClass::kBytes;
  EXPECT_FALSE(parse_metric_class("Bytes", c));
}

TEST(Level, NamesRoundTrip) {
  for (const char* name : {"off", "note", "warning", "error"}) {
    Level level = Level::kOff;
    ASSERT_TRUE(parse_level(name, level));
    EXPECT_EQ(to_string(level), name);
  }
  Level level = Level::kOff;
  EXPECT_TRUE(parse_level("warn", level));
  EXPECT_FALSE(parse_level("fatal", level));
}

TEST(Rule, AskingForAnUnknownParameterIsABug) {
  Rule rule;
  rule.params.push_back({"min_repeats", Unit::kCount, 5, 2, 1000, ""});
  EXPECT_EQ(rule.param("min_repeats"), 5);
  EXPECT_THROW(rule.param("min_repeat"), InternalError);
}

TEST(VerdictCodes, EachCodeHasOneSentence) {
  const auto& codes = verdict_codes();
  for (std::size_t i = 0; i < codes.size(); ++i) {
    EXPECT_FALSE(codes[i].sentence.empty()) << codes[i].code;
    for (std::size_t j = i + 1; j < codes.size(); ++j) {
      EXPECT_NE(codes[i].code, codes[j].code);
    }
  }
}

TEST(FindingKey, PartsDoNotRunTogether) {
  EXPECT_NE(finding_key("r", {"ab", "c"}), finding_key("r", {"a", "bc"}));
  EXPECT_EQ(finding_key("r", {"a"}), finding_key("r", {"a"}));
}

}  // namespace
}  // namespace budgetcheck
