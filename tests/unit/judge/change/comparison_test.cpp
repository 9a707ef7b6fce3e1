#include "judge/change/comparison.h"

#include <gtest/gtest.h>

#include "report/compare/compare.h"
#include "results/read.h"

namespace budgetcheck {
namespace {

MetricCatalogue catalogue() {
  Metric bytes;
  bytes.id = "bundle.raw";
  bytes.unit = Unit::kBytes;
  bytes.metric_class = MetricClass::kBytes;
  Metric lcp;
  lcp.id = "lighthouse.lcp";
  lcp.unit = Unit::kMilliseconds;
  lcp.metric_class = MetricClass::kTimingQuiet;
  return MetricCatalogue({bytes, lcp});
}

Sample sample(const std::string& metric, Labels where, Unit unit, SampleValue value) {
  Sample out;
  out.metric = metric;
  out.where = std::move(where);
  out.unit = unit;
  out.value = std::move(value);
  return out;
}
Sample bytes(const std::string& entry, double value) {
  return sample("bundle.raw", {{"entry", entry}}, Unit::kBytes, value);
}
Sample lcp(Runs runs) { return sample("lighthouse.lcp", {{"page", "/"}}, Unit::kMilliseconds, std::move(runs)); }

ComparedSide side(std::vector<Sample> samples) {
  ComparedSide side;
  side.label = "x.json";
  side.samples = std::move(samples);
  return side;
}

Finding finding(const std::string& key) {
  Finding found;
  found.rule = "full-scan";
  found.key = key;
  return found;
}

TEST(Comparison, TellsChangedNewGoneAndUnchangedApart) {
  const ResultsComparison c =
      compare_sides(side({bytes("a", 10), bytes("b", 10), bytes("c", 10), bytes("d", 10)}),
                    side({bytes("a", 12), bytes("b", 10), bytes("d", 90), bytes("e", 1)}), catalogue());
  ASSERT_EQ(c.changed.size(), 2U);
  EXPECT_EQ(c.changed[0].where, (Labels{{"entry", "d"}})) << "the biggest change first";
  EXPECT_TRUE(c.changed[0].exact);
  ASSERT_EQ(c.added.size(), 1U);
  EXPECT_EQ(c.added[0].where, (Labels{{"entry", "e"}}));
  ASSERT_EQ(c.gone.size(), 1U);
  EXPECT_EQ(c.gone[0].where, (Labels{{"entry", "c"}}));
  EXPECT_EQ(c.unchanged, 1U);
}

TEST(Comparison, NoiseIsNoFact) {
  const ResultsComparison c = compare_sides(side({lcp({2000, 2100, 1900}), bytes("a", 1)}),
                                            side({lcp({9000, 9100}), bytes("a", 2)}), catalogue());
  ASSERT_EQ(c.changed.size(), 2U);
  EXPECT_TRUE(c.changed[0].exact) << "what is certain stands first, however small";
  EXPECT_FALSE(c.changed[1].exact);
  EXPECT_EQ(c.changed[1].base, 2000);
  EXPECT_EQ(c.changed[1].base_runs, 3U);
  const std::string text = render_compare_text(c, {});
  EXPECT_NE(text.find("not significant with these runs"), std::string::npos);
  EXPECT_NE(text.find("(median of 3 and 2)"), std::string::npos);
}

TEST(Comparison, AMetricThatNobodyDeclaredCountsAsNoisy) {
  const ResultsComparison c = compare_sides(side({sample("team.x", {}, Unit::kCount, 1.0)}),
                                            side({sample("team.x", {}, Unit::kCount, 2.0)}), catalogue());
  ASSERT_EQ(c.changed.size(), 1U);
  EXPECT_FALSE(c.changed[0].exact);
}

TEST(Comparison, QuantilesOfEachRunAreConfirmingRunsToo) {
  KnownQuantiles run;
  run.add(0.5, 9);
  KnownQuantiles slower;
  slower.add(0.5, 12);
  const Labels where{{"test", "checkout"}};
  const ResultsComparison c =
      compare_sides(side({sample("load.duration", where, Unit::kMilliseconds, QuantileRuns{run, run})}),
                    side({sample("load.duration", where, Unit::kMilliseconds, QuantileRuns{slower})}), catalogue());
  const auto read_back = read_results("rerun.json", render_compare_json(c, {}));
  ASSERT_TRUE(read_back.has_value());
  ASSERT_EQ(read_back->samples.size(), 1U);
  EXPECT_EQ(std::get<QuantileRuns>(read_back->samples[0].value), QuantileRuns{slower});
  EXPECT_EQ(read_back->samples[0].base_quantiles, (QuantileRuns{run, run}));
}

TEST(Comparison, JsonIsAFileOfConfirmingRuns) {
  ResultsComparison c = compare_sides(side({lcp({2000, 2100}), bytes("a", 1)}),
                                      side({lcp({9000, 9100, 9200}), bytes("a", 2)}), catalogue());
  const auto read_back = read_results("rerun.json", render_compare_json(c, {}));
  ASSERT_TRUE(read_back.has_value());
  ASSERT_EQ(read_back->samples.size(), 1U) << "only what has runs on both sides";
  EXPECT_EQ(std::get<Runs>(read_back->samples[0].value), (Runs{9000, 9100, 9200}));
  EXPECT_EQ(read_back->samples[0].base_runs, (Runs{2000, 2100}));
  EXPECT_TRUE(read_back->env.paired);

  c.base.stored = true;
  EXPECT_FALSE(read_results("rerun.json", render_compare_json(c, {}))->env.paired);
  c.base.stored = false;
  c.base.env.key = "one";
  c.head.env.key = "another";
  EXPECT_FALSE(read_results("rerun.json", render_compare_json(c, {}))->env.paired);
}

TEST(Comparison, FindingsGoByTheirKeys) {
  ComparedSide base = side({});
  base.findings = {finding("a"), finding("b")};
  ComparedSide head = side({});
  head.findings = {finding("b"), finding("c")};
  const ResultsComparison c = compare_sides(std::move(base), std::move(head), catalogue());
  ASSERT_EQ(c.findings_added.size(), 1U);
  EXPECT_EQ(c.findings_added[0].key, "c");
  ASSERT_EQ(c.findings_gone.size(), 1U);
  EXPECT_EQ(c.findings_gone[0].key, "a");
  EXPECT_EQ(c.findings_same, 1U);
}

TEST(Comparison, DifferentUnitsAreSaidAndNotSubtracted) {
  const ResultsComparison c = compare_sides(side({sample("team.x", {}, Unit::kBytes, 1.0)}),
                                            side({sample("team.x", {}, Unit::kMilliseconds, 2.0)}), catalogue());
  EXPECT_TRUE(c.changed.empty());
  ASSERT_EQ(c.notes.size(), 1U);
  EXPECT_NE(c.notes[0].find("different units"), std::string::npos);
}

TEST(Comparison, ALackOfPartsOnOneSideIsSaid) {
  ComparedSide head = side({});
  head.parts = {{"bundle.", {}, "package", "p", Unit::kBytes, 5, {}}};
  const ResultsComparison c = compare_sides(side({}), std::move(head), catalogue());
  EXPECT_TRUE(c.parts.empty());
  ASSERT_EQ(c.notes.size(), 1U);
  EXPECT_NE(c.notes[0].find("contains no parts"), std::string::npos);
}

TEST(Comparison, HostileNamesAndVeryManyDifferencesStayReadable) {
  const std::string hostile = "a\x1b[31m</script>|@team\n<!-- \xE2\x80\xAE `x`";
  ComparedSide base = side({});
  ComparedSide head = side({});
  base.parts = {{"bundle.", {}, "package", "kept", Unit::kBytes, 5, {}}};
  head.parts = base.parts;
  for (int i = 0; i < 500; ++i) {
    head.samples.push_back(bytes(hostile + std::to_string(i), i));
    head.parts.push_back({"bundle.", {}, "package", hostile + std::to_string(i), Unit::kBytes, 100.0 + i, {hostile}});
    head.findings.push_back(finding(hostile + std::to_string(i)));
  }
  head.label = hostile;
  const ResultsComparison c = compare_sides(std::move(base), std::move(head), catalogue());
  const std::string text = render_compare_text(c, {});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("more"), std::string::npos);
  EXPECT_LT(text.size(), 20'000U);
  const std::string markdown = render_compare_markdown(c, {});
  EXPECT_EQ(markdown.find("<!--"), std::string::npos);
  EXPECT_EQ(markdown.find("\n<"), std::string::npos);
  EXPECT_LT(markdown.size(), 65'000U);
}

}  // namespace
}  // namespace budgetcheck
