#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/detect/data_rules_testing.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(PatternRule, APackageThatThePatternFindsIsReported) {
  Facts facts = build();
  facts.bundle.packages = {{"moment", 200'000, "src/date.ts", {"dist/stats.json", 0, 0, ""}},
                           {"moment", 94'900, "", {"dist/stats.json", 0, 0, ""}},
                           {"moment-timezone", 1'000, "", {"dist/stats.json", 0, 0, ""}},
                           {"momentum", 5, "", {"dist/stats.json", 0, 0, ""}},
                           {"react", 6'000, "", {"dist/stats.json", 0, 0, ""}}};
  const auto findings = find(facts, RuleSet({no_moment()}));
  ASSERT_THAT(subjects(findings), ElementsAre("moment", "moment-timezone"));
  EXPECT_EQ(findings[0].message,
            "the bundle contains the package 'moment' (294.9 kB of source, imported by 'src/date.ts'): "
            "Words of the team");
  EXPECT_EQ(findings[0].level, Level::kError);
  EXPECT_EQ(findings[0].rule, "no-moment");
  EXPECT_EQ(findings[0].fix.text, "Fix it.");
  EXPECT_EQ(findings[0].magnitude, 294'900);
}

TEST(PatternRule, APatternRuleThatHadNothingToLookAtSaysSo) {
  const auto findings = find(build(), RuleSet({no_moment()}));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kNote);
  EXPECT_THAT(findings[0].message, HasSubstr("checked nothing"));
  Facts unread = build();
  unread.inputs[0].state = InputState::kUnreadable;
  EXPECT_TRUE(find(unread, RuleSet({no_moment()})).empty());
  Facts other = build();
  other.inputs[0].families = {"lighthouse."};
  EXPECT_TRUE(find(other, RuleSet({no_moment()})).empty());
}

TEST(PatternRule, PatternsFindAssetsRoutesAndQueries) {
  Facts facts = build();
  facts.samples = {bytes({{"asset", "polyfills.js"}, {"type", "js"}}, 12'000), bytes({{"type", "js"}}, 50'000)};
  facts.capture.exchanges.resize(3);
  facts.capture.exchanges[0].route = facts.capture.exchanges[1].route = "GET /legacy/:id";
  facts.capture.exchanges[2].route = "GET /new";
  QueryLog log;
  log.shapes.push_back({"SELECT * FROM \"Audit\" WHERE id = ?", Verb::kSelect, "Audit", 7, 1.0, {"log", 4, 1, ""}});
  facts.queries.logs = {log, log};
  const auto found = [&](const std::string& on, const std::string& pattern) {
    const Rule rule = rule_of(R"("id":"r","kind":"pattern","on":")" + on + R"(","pattern":")" + pattern + "\"");
    return find(facts, RuleSet({rule}));
  };
  const auto assets = found("asset", "polyfill");
  ASSERT_EQ(assets.size(), 1U);
  EXPECT_EQ(assets[0].message, "the build writes 'polyfills.js' (12 kB): Words of the team");
  const auto routes = found("route", "/legacy");
  ASSERT_EQ(routes.size(), 1U);
  EXPECT_EQ(routes[0].message, "the route 'GET /legacy/:id' was called 2 times: Words of the team");
  const auto queries = found("query", "FROM .Audit");
  ASSERT_EQ(queries.size(), 1U);
  EXPECT_EQ(queries[0].evidence.count, 14U);
  EXPECT_EQ(queries[0].location.line, 4U);
  EXPECT_TRUE(found("query", "FROM .User").empty());
}

TEST(PatternRule, NamesFromInputsAreMadeSafe) {
  Facts facts = build();
  facts.bundle.packages = {{"moment-\x1b[31m\n", 2, "a\x07", {}}};
  const auto findings = find(facts, RuleSet({no_moment()}));
  ASSERT_EQ(findings.size(), 1U);
  for (const std::string& text : {findings[0].message, findings[0].subject, findings[0].evidence.details[0].second}) {
    EXPECT_EQ(text.find_first_of("\x1b\n\x07"), std::string::npos);
  }
}

}  // namespace
}  // namespace budgetcheck
