#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/embedded.h"
#include "budget/catalogue.h"
#include "json/document.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

constexpr const char* kPatternRule = R"json({
  "id": "no-moment", "title": "No Moment.js", "short": "Moment.js is not to be bundled.",
  "help": "Use date-fns.", "kind": "pattern", "level": "error",
  "on": "package", "pattern": "^moment(-|$)", "ignore": ["moment-mini"], "tags": ["size"]
})json";

std::string threshold(const std::string& rest) {
  return R"({"id":"big","title":"t","short":"s","help":"h","kind":"threshold",)" + rest + "}";
}

Errors errors_of(const std::string& text) {
  const ExpectedAll<Rule> rule = read_rule("perf/rules/x.json", text);
  EXPECT_FALSE(rule);
  return rule ? Errors{} : rule.error();
}

TEST(ReadRule, ReadsAPatternRule) {
  const auto rule = read_rule("perf/rules/no-moment.json", kPatternRule);
  ASSERT_TRUE(rule) << to_string(rule.error().front());
  EXPECT_EQ(rule->id, "no-moment");
  EXPECT_EQ(rule->kind, RuleKind::kPattern);
  EXPECT_EQ(rule->level, Level::kError);
  EXPECT_EQ(rule->on, "package");
  EXPECT_EQ(rule->pattern, "^moment(-|$)");
  EXPECT_EQ(rule->ignore, std::vector<std::string>{"moment-mini"});
}

TEST(ReadRule, ReadsAThresholdRuleInTheMetricsUnit) {
  const auto rule =
      read_rule("x.json", threshold(R"("metric":"bundle.raw","where":{"asset":"*","type":"js"},"limit":"250 kB")"));
  ASSERT_TRUE(rule) << to_string(rule.error().front());
  EXPECT_EQ(rule->limit, 250'000);
  EXPECT_EQ(rule->unit, Unit::kBytes);
  EXPECT_EQ(rule->stat, Stat::kMax);
  EXPECT_EQ(rule->where.at("asset"), "*");
  EXPECT_EQ(rule->level, Level::kWarning);
}

TEST(ReadRule, WhatARuleExplainsIsAMetricOrAFamily) {
  const auto explaining = [](const std::string& names) {
    return read_rule("x.json", threshold(R"("metric":"bundle.raw","limit":"4 kB","explains":[)" + names + "]"));
  };
  const auto known = explaining(R"("bundle.gzip", "bundle.", "lighthouse.resource.image.bytes")");
  ASSERT_TRUE(known) << to_string(known.error().front());
  EXPECT_EQ(known->explains.size(), 3U);
  const auto unknown = explaining(R"("bundle.gzp", "bundles.")");
  ASSERT_FALSE(unknown);
  ASSERT_EQ(unknown.error().size(), 2U);
  EXPECT_EQ(unknown.error()[0].message, "unknown metric 'bundle.gzp'");
  EXPECT_EQ(unknown.error()[0].hint, "did you mean 'bundle.gzip'?");
}

TEST(ReadRule, AnAliasBecomesTheNameThatSamplesCarry) {
  const auto rule = read_rule("x.json", threshold(R"("metric":"lighthouse.largest-contentful-paint","limit":"4 s")"));
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->metric, "lighthouse.lcp");
  EXPECT_EQ(rule->limit, 4000);
}

TEST(ReadRule, TakesDeclaredMetricsFromTheCatalogueThatItIsGiven) {
  MetricCatalogue own = shipped_metrics();
  Metric metric;
  metric.id = "api.throughput";
  metric.direction = Direction::kHigherIsBetter;
  own.add(metric);
  const std::string text = threshold(R"("metric":"api.throughput","limit":100)");
  EXPECT_FALSE(read_rule("x.json", text));
  const auto rule = read_rule("x.json", text, own);
  ASSERT_TRUE(rule);
  EXPECT_EQ(rule->direction, Direction::kHigherIsBetter);
}

TEST(ReadRule, TellsAllErrorsAtOnceWithTheirPlaces) {
  const Errors errors = errors_of(R"({
  "id": "No Moment",
  "title": "",
  "levle": "error",
  "level": "eror",
  "kind": "pattern",
  "on": "packages",
  "pattern": "(",
  "short": 5,
  "metric": "bundle.raw",
  "ignore": ["a", 3]
})");
  std::vector<std::pair<std::uint32_t, std::string>> seen;
  for (const Error& error : errors) {
    EXPECT_EQ(error.kind, ErrorKind::kUsage);
    EXPECT_EQ(error.location.file, "perf/rules/x.json");
    seen.emplace_back(error.location.line, error.message + " | " + error.hint);
  }
  ASSERT_EQ(seen.size(), 10U);
  EXPECT_EQ(seen[0], (std::pair<std::uint32_t, std::string>(1, "the key 'help' is missing | add \"help\": …")));
  EXPECT_EQ(seen[1].first, 2U);
  EXPECT_THAT(seen[1].second, HasSubstr("'No Moment' is not a rule id"));
  EXPECT_EQ(seen[2].first, 3U);
  EXPECT_EQ(seen[3].first, 4U);
  EXPECT_THAT(seen[3].second, HasSubstr("unknown key 'levle' | did you mean 'level'?"));
  EXPECT_THAT(seen[4].second, HasSubstr("unknown level 'eror' | did you mean 'error'?"));
  EXPECT_THAT(seen[5].second, HasSubstr("'packages' | did you mean 'package'?"));
  EXPECT_THAT(seen[6].second, HasSubstr("'(' is not a regular expression"));
  EXPECT_THAT(seen[7].second, HasSubstr("'short' is a number, not a string"));
  EXPECT_THAT(seen[8].second, HasSubstr("the key 'metric' has no meaning in a rule of this kind"));
  EXPECT_EQ(seen[9].first, 11U);
}

TEST(ReadRule, WhatIsMissingIsOneErrorAndNothingThatIsMisspelt) {
  const Errors errors = errors_of(R"({"id":"r","titel":"t","kind":"coded"})");
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].message, "the keys 'short' and 'help' are missing");
  EXPECT_EQ(errors[0].hint, "add \"short\": …, \"help\": …");
  EXPECT_EQ(errors[1].message, "unknown key 'titel'");
}

TEST(ReadRule, ChecksThresholdsAgainstTheMetric) {
  const auto message = [](const std::string& rest) {
    const Errors errors = errors_of(threshold(rest));
    return errors.empty() ? std::string() : errors.front().message + " | " + errors.front().hint;
  };
  EXPECT_THAT(message(R"("metric":"bundle.gizp","limit":"1 kB")"), HasSubstr("did you mean 'bundle.gzip'?"));
  EXPECT_THAT(message(R"("metric":"bundle.gzip","limit":"1 s")"), HasSubstr("units that fit: B, kB"));
  EXPECT_THAT(message(R"("metric":"bundle.gzip","limit":170)"), HasSubstr("'170' needs a unit"));
  EXPECT_THAT(message(R"("metric":"bundle.gzip")"), HasSubstr("the key 'limit' is missing"));
  EXPECT_THAT(message(R"("metric":"bundle.gzip","limit":"1 kB","where":{"assset":"*"})"),
              HasSubstr("did you mean 'asset'?"));
  EXPECT_THAT(message(R"("metric":"bundle.gzip","limit":"1 kB","where":{"asset":1})"),
              HasSubstr("the label 'asset' must be a string"));
}

TEST(ReadRule, ReadsACodedRuleWithItsParameters) {
  const auto rule = read_rule("x.json", R"({"id":"r","title":"t","short":"s","help":"h","kind":"coded","params":{
      "min_repeats":{"default":5,"unit":"1","min":2,"max":1000,"text":"how often"},
      "min_size":{"default":"10 kB","unit":"B","text":"how big"},
      "min_time":{"default":20,"unit":"ms","text":"how long"}}})");
  ASSERT_TRUE(rule) << to_string(rule.error().front());
  EXPECT_EQ(rule->param("min_repeats"), 5);
  EXPECT_EQ(rule->param("min_size"), 10'000);
  EXPECT_EQ(rule->param("min_time"), 20);
  EXPECT_EQ(rule->params[0].min, 2);
  EXPECT_EQ(rule->params[0].max, 1000);
  EXPECT_EQ(rule->params[1].unit, Unit::kBytes);
}

TEST(ReadRule, ParametersBelongToCodedRules) {
  EXPECT_TRUE(read_rule("x.json", threshold(R"("metric":"bundle.raw","limit":"1 kB","params":{})")));
  EXPECT_FALSE(read_rule("x.json", threshold(R"("metric":"bundle.raw","limit":"1 kB","params":{"a":{}})")));
}

TEST(ReadRule, ChecksParameters) {
  const auto count = [](const std::string& params) {
    const auto rule = read_rule(
        "x.json", R"({"id":"r","title":"t","short":"s","help":"h","kind":"coded","params":{)" + params + "}}");
    return rule ? 0U : rule.error().size();
  };
  EXPECT_EQ(count(R"("min_repeats":{"default":5,"unit":"1","min":2,"max":1000,"text":"x"})"), 0U);
  EXPECT_EQ(count(R"("min_size":{"default":"10 kB","unit":"B","text":"x"})"), 0U);
  EXPECT_EQ(count(R"("min_size":{"default":10000,"unit":"B","text":"x"})"), 0U);
  EXPECT_EQ(count(R"("min_repeats":{"default":1,"unit":"1","min":2,"text":"x"})"), 1U);
  EXPECT_EQ(count(R"("min_size":{"default":"10 ms","unit":"B","text":"x"})"), 1U);
  EXPECT_EQ(count(R"("min_size":{"default":"10 kB","unit":"kB","text":"x"})"), 1U);
  EXPECT_EQ(count(R"("level":{"default":1,"unit":"1","text":"x"})"), 1U);
  EXPECT_EQ(count(R"("n":{"default":1,"unit":"1","txet":"x"})"), 1U);  // meant, so not missed as well
  EXPECT_EQ(count(R"("n":5)"), 1U);
}

TEST(ReadRule, RefusesWhatIsNoRule) {
  EXPECT_EQ(errors_of("[]").size(), 1U);
  EXPECT_EQ(errors_of("").size(), 1U);
  EXPECT_EQ(errors_of("{").size(), 1U);
  EXPECT_EQ(errors_of(std::string((1 << 20) + 1, ' ')).size(), 1U);
  EXPECT_EQ(errors_of(std::string(100'000, '[')).size(), 1U);
  EXPECT_THAT(errors_of("{\"id\":\"a\",\"id\":\"b\"}").front().message, HasSubstr("a second time"));
}

TEST(ReadRule, EveryTruncationAndEveryDamagedByteIsAnErrorOrARule) {
  const std::string whole = kPatternRule;
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(read_rule("x.json", whole.substr(0, length))) << length;
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char damage : {'\0', '\xff', '"', '}', '['}) {
      std::string text = whole;
      text[at] = damage;
      const auto rule = read_rule("x.json", text);
      if (!rule) {
        EXPECT_FALSE(rule.error().empty());
      }
    }
  }
}

TEST(ReadRule, NamesOfAFileAreMadeSafe) {
  const Errors errors = errors_of(R"({"id":"a","title":"t","short":"s","help":"h","kind":"\u001b[31mred"})");
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors.front().message.find('\x1b'), std::string::npos);
}

TEST(ReadRule, TheSchemaNamesTheSameKeys) {
  const auto& schemas = embedded_schemas();
  const auto file =
      std::find_if(schemas.begin(), schemas.end(), [](const EmbeddedFile& f) { return f.name == "rule.v1.json"; });
  ASSERT_NE(file, schemas.end());
  const auto schema = json::read_json("rule.v1.json", file->bytes);
  ASSERT_TRUE(schema);
  const json::Value* properties = schema->find("properties");
  ASSERT_NE(properties, nullptr);
  std::vector<std::string> keys;
  for (const json::Member& member : *properties->object()) {
    keys.push_back(member.key);
    // The reader knows the key: it may dislike the value or the kind, but does not call the key unknown.
    const auto rule = read_rule("x.json", "{\"" + member.key + "\":null}");
    ASSERT_FALSE(rule);
    for (const Error& error : rule.error()) {
      EXPECT_EQ(error.message.find("unknown key"), std::string::npos) << member.key;
    }
  }
  EXPECT_THAT(keys, testing::UnorderedElementsAre("id", "title", "short", "why", "help", "limits", "level", "kind",
                                                  "tags", "since", "ignore", "explains", "params", "on", "pattern",
                                                  "metric", "where", "limit"));
}

}  // namespace
}  // namespace budgetcheck
