#include "budget/catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/glob.h"
#include "budget/read_metrics.h"

namespace budgetcheck {
namespace {

Metric metric(std::string_view id) {
  const auto found = shipped_metrics().find(id);
  EXPECT_TRUE(found) << id;
  return found.value_or(Metric{});
}

TEST(Catalogue, HoldsEveryFamily) {
  for (const std::string_view id : {"lighthouse.lcp",
                                    "lighthouse.fcp",
                                    "lighthouse.tbt",
                                    "lighthouse.cls",
                                    "lighthouse.si",
                                    "lighthouse.tti",
                                    "lighthouse.inp",
                                    "lighthouse.ttfb",
                                    "lighthouse.score.performance",
                                    "lighthouse.resource.script.bytes",
                                    "lighthouse.resource.script.requests",
                                    "lighthouse.user-timing.hero",
                                    "bundle.raw",
                                    "bundle.gzip",
                                    "bundle.brotli",
                                    "bundle.files",
                                    "bundle.duplicates",
                                    "payload.transfer",
                                    "payload.body",
                                    "payload.decoded",
                                    "payload.requests",
                                    "payload.time",
                                    "queries.count",
                                    "queries.distinct",
                                    "queries.time",
                                    "queries.duration",
                                    "queries.rows_read"}) {
    EXPECT_EQ(metric(id).id, id);
  }
  EXPECT_FALSE(shipped_metrics().find("bundle.zstd"));
  EXPECT_FALSE(shipped_metrics().find("lighthouse"));
}

TEST(Catalogue, AnExactRowWinsOverAWildOneAndALongerWildOneOverAShorter) {
  EXPECT_EQ(metric("lighthouse.total-byte-weight").unit, Unit::kBytes);
  EXPECT_EQ(metric("lighthouse.resource.image.bytes").unit, Unit::kBytes);
  EXPECT_EQ(metric("lighthouse.resource.image.requests").unit, Unit::kCount);
  EXPECT_EQ(metric("lighthouse.user-timing.hero.bytes").unit, Unit::kMilliseconds);
  EXPECT_EQ(metric("lighthouse.some-plugin-audit").unit, Unit::kNone);
}

TEST(Catalogue, TheOpenRowOfAFamilyTakesOneWordOnly) {
  EXPECT_TRUE(shipped_metrics().find("lighthouse.some-plugin-audit"));
  EXPECT_FALSE(shipped_metrics().find("lighthouse.scroe.seo"));
  EXPECT_FALSE(shipped_metrics().find("lighthouse.resource.script.byte"));
  EXPECT_EQ(metric("lighthouse.user-timing.Next.js-hydration").unit, Unit::kMilliseconds);
}

TEST(Catalogue, LighthousesOwnNamesMeanTheShortOnes) {
  EXPECT_EQ(metric("lighthouse.largest-contentful-paint").id, "lighthouse.lcp");
  EXPECT_EQ(metric("lighthouse.server-response-time").id, "lighthouse.ttfb");
  EXPECT_EQ(metric("lighthouse.cumulative-layout-shift").unit, Unit::kNone);
}

TEST(Catalogue, UnitsOfCommonAuditsReadTheQuantitiesThatPeopleWrite) {
  const auto limit = [](std::string_view id, std::string_view text) { return parse_quantity(text, metric(id).unit); };
  EXPECT_EQ(limit("lighthouse.total-byte-weight", "1600 kB").value_or(0), 1'600'000);
  EXPECT_EQ(limit("lighthouse.mainthread-work-breakdown", "4 s").value_or(0), 4000);
  EXPECT_EQ(limit("lighthouse.dom-size", "1400").value_or(0), 1400);
  EXPECT_EQ(limit("lighthouse.dom-size-insight", "1400").value_or(0), 1400);
  EXPECT_EQ(limit("lighthouse.cls", "0.1").value_or(0), 0.1);
  EXPECT_EQ(limit("lighthouse.score.seo", "90").value_or(0), 90);
  EXPECT_FALSE(limit("lighthouse.bootup-time", "170 kB"));
  EXPECT_FALSE(limit("bundle.gzip", "170"));
}

TEST(Catalogue, StatsDirectionsAndFloorsAreThoseOfTheDesign) {
  EXPECT_EQ(metric("lighthouse.lcp").stat, Stat::kMedian);
  EXPECT_EQ(metric("queries.count").stat, Stat::kMax);
  EXPECT_EQ(metric("queries.distinct").stat, Stat::kMax);
  EXPECT_EQ(metric("payload.decoded").stat, Stat::kMax);
  EXPECT_EQ(metric("payload.time").stat, Stat::kP95);
  EXPECT_EQ(metric("queries.time").stat, Stat::kP95);
  EXPECT_EQ(metric("queries.duration").stat, Stat::kP95);
  EXPECT_EQ(metric("lighthouse.score.seo").direction, Direction::kHigherIsBetter);
  EXPECT_EQ(metric("lighthouse.lcp").direction, Direction::kLowerIsBetter);
  const auto floors = [](std::string_view id) {
    return std::pair(metric(id).floor_absolute, metric(id).floor_relative);
  };
  EXPECT_EQ(floors("bundle.gzip"), std::pair(1024.0, 0.01));
  EXPECT_EQ(floors("queries.count"), std::pair(1.0, 0.0));
  EXPECT_EQ(floors("lighthouse.lcp"), std::pair(25.0, 0.05));
  EXPECT_EQ(floors("lighthouse.tbt"), std::pair(50.0, 0.1));
  EXPECT_EQ(floors("lighthouse.cls"), std::pair(0.02, 0.1));
  EXPECT_EQ(floors("lighthouse.score.seo"), std::pair(3.0, 0.0));
}

TEST(Catalogue, EveryClassHasItsDefaults) {
  for (const MetricClass c :
       {MetricClass::kBytes, MetricClass::kCount, MetricClass::kTimingQuiet, MetricClass::kTimingNoisy,
        MetricClass::kCls, MetricClass::kScore, MetricClass::kRate, MetricClass::kPercentile}) {
    EXPECT_FALSE(class_defaults(c).compared.empty());
  }
  EXPECT_EQ(class_defaults(MetricClass::kRate).floor_absolute, 0.002);
}

/// The text between `key` and the next ',' or '}'.
std::string value_of(const std::string& example, const std::string& key) {
  const std::size_t at = example.find(key + ": ");
  if (at == std::string::npos) {
    return {};
  }
  const std::size_t begin = at + key.size() + 2;
  return example.substr(begin, example.find_first_of(",}", begin) - begin);
}

TEST(Catalogue, EveryExampleIsABudgetOnItsMetricWithinTheRules) {
  for (const Metric& one : shipped_metrics().all()) {
    const std::string id = value_of(one.example, "metric");
    const auto found = shipped_metrics().find(id);
    ASSERT_TRUE(found) << one.example;
    EXPECT_TRUE(label_glob_matches(one.id, id)) << one.example;
    EXPECT_EQ(found->description, one.description) << "another row owns " << id;
    const bool higher = one.direction == Direction::kHigherIsBetter;
    std::string limit = value_of(one.example, higher ? "min" : "max");
    while (limit.ends_with(' ')) {
      limit.pop_back();
    }
    EXPECT_TRUE(parse_quantity(limit, one.unit)) << one.example;
  }
}

TEST(Catalogue, NoIdOrAliasIsTakenTwice) {
  std::set<std::string> seen;
  for (const Metric& one : shipped_metrics().all()) {
    EXPECT_TRUE(seen.insert(one.id).second) << one.id;
    for (const std::string& alias : one.aliases) {
      EXPECT_TRUE(seen.insert(alias).second) << alias;
    }
  }
}

TEST(Catalogue, ABrokenFileIsABug) {
  EXPECT_THROW(read_metrics("m.json", "{"), InternalError);
  EXPECT_THROW(read_metrics("m.json", R"({"classes":{},"metrics":[{"id":"a"}]})"), InternalError);
  EXPECT_THROW(read_metrics("m.json", R"({"classes":{},"metrics":[],"more":1})"), InternalError);
}

TEST(Catalogue, EveryShippedRuleHasAllItsTexts) {
  for (const Rule& rule : shipped_rules().all()) {
    EXPECT_FALSE(rule.title.empty()) << rule.id;
    EXPECT_FALSE(rule.short_text.empty()) << rule.id;
    EXPECT_FALSE(rule.why.empty()) << rule.id;
    EXPECT_FALSE(rule.help.empty()) << rule.id;
    EXPECT_FALSE(rule.limits.empty()) << rule.id;
    EXPECT_FALSE(rule.since.empty()) << rule.id;
    EXPECT_FALSE(rule.tags.empty()) << rule.id;
    for (const RuleParam& param : rule.params) {
      EXPECT_FALSE(param.text.empty()) << rule.id << ' ' << param.name;
    }
  }
}

}  // namespace
}  // namespace budgetcheck
