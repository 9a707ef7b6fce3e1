#include "detect/detect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "budget/catalogue.h"
#include "detect/rule_findings.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Rule rule_of(const std::string& rest) {
  const auto rule =
      read_rule("rules/x.json", R"({"title":"T","short":"Words of the team.","help":"Mend it.",)" + rest + "}");
  EXPECT_TRUE(rule) << (rule ? "" : to_string(rule.error().front()));
  return rule ? *rule : Rule{};
}

Rule no_moment() {
  return rule_of(
      R"json("id":"no-moment","kind":"pattern","on":"package","pattern":"^moment(-|$)","level":"error")json");
}

Rule big_asset(const std::string& extra = R"(,"where":{"asset":"*"})") {
  return rule_of(R"("id":"big-asset","kind":"threshold","metric":"bundle.raw","limit":"250 kB")" + extra);
}

Facts build() {
  Facts facts;
  facts.inputs.push_back({"dist/stats.json", "webpack", 10, InputState::kRead, "", "", {"bundle."}});
  return facts;
}

Sample bytes(Labels where, double value) {
  Sample sample{"bundle.raw", std::move(where), Unit::kBytes, value, false, "", {"dist/stats.json", 1, 1, ""}};
  return sample;
}

std::vector<std::string> subjects(const std::vector<Finding>& findings) {
  std::vector<std::string> out;
  for (const Finding& finding : findings) {
    out.push_back(finding.subject);
  }
  return out;
}

TEST(Detect, CodedRulesAndDetectorsAreTheSameSet) {
  std::set<std::string> coded;
  for (const Rule& rule : shipped_rules().all()) {
    if (rule.kind == RuleKind::kCoded) {
      coded.insert(rule.id);
    }
  }
  std::set<std::string> looked_for;
  for (const Detector& detector : detectors()) {
    EXPECT_EQ(detector.detect == nullptr, detector.rule == "slow-drift") << detector.rule;
    EXPECT_TRUE(looked_for.insert(std::string(detector.rule)).second) << "twice: " << detector.rule;
  }
  EXPECT_EQ(looked_for, coded);
}

TEST(Detect, ShippedRulesAreSilentOnNothing) { EXPECT_TRUE(find(Facts{}, shipped_rules()).empty()); }

TEST(Detect, ACodedRuleWithoutItsDetectorIsABug) {
  Rule rule = no_moment();
  rule.kind = RuleKind::kCoded;
  EXPECT_THROW(detect(Facts{}, RuleSet({rule})), InternalError);
}

TEST(Detect, APackageThatThePatternFindsIsReported) {
  Facts facts = build();
  facts.bundle.packages = {{"moment", 200'000, "src/date.ts", {"dist/stats.json", 0, 0, ""}},
                    {"moment", 94'900, "", {"dist/stats.json", 0, 0, ""}},
                    {"moment-timezone", 1'000, "", {"dist/stats.json", 0, 0, ""}},
                    {"momentum", 5, "", {"dist/stats.json", 0, 0, ""}},
                    {"react", 6'000, "", {"dist/stats.json", 0, 0, ""}}};
  const auto findings = find(facts, RuleSet({no_moment()}));
  ASSERT_THAT(subjects(findings), ElementsAre("moment", "moment-timezone"));
  EXPECT_EQ(findings[0].message,
            "the bundle holds the package 'moment' (294.9 kB of source, imported by 'src/date.ts'): "
            "Words of the team");
  EXPECT_EQ(findings[0].level, Level::kError);
  EXPECT_EQ(findings[0].rule, "no-moment");
  EXPECT_EQ(findings[0].fix.text, "Mend it.");
  EXPECT_EQ(findings[0].magnitude, 294'900);
}

TEST(Detect, TheKeyHoldsNoMeasuredValue) {
  Facts facts = build();
  facts.bundle.packages = {{"moment", 200'000, "", {"dist/stats.json", 0, 0, ""}}};
  const std::string key = find(facts, RuleSet({no_moment()})).at(0).key;
  facts.bundle.packages[0] = {"moment", 999, "src/other.ts", {"other/stats.json", 3, 0, ""}};
  EXPECT_EQ(find(facts, RuleSet({no_moment()})).at(0).key, key);
  facts.bundle.packages[0].name = "moment-timezone";
  EXPECT_NE(find(facts, RuleSet({no_moment()})).at(0).key, key);
}

TEST(Detect, APatternRuleThatHadNothingToLookAtSaysSo) {
  const auto findings = find(build(), RuleSet({no_moment()}));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kNote);
  EXPECT_THAT(findings[0].message, HasSubstr("guarded nothing"));
  Facts unread = build();
  unread.inputs[0].state = InputState::kUnreadable;
  EXPECT_TRUE(find(unread, RuleSet({no_moment()})).empty());
  Facts other = build();
  other.inputs[0].families = {"lighthouse."};
  EXPECT_TRUE(find(other, RuleSet({no_moment()})).empty());
}

TEST(Detect, PatternsFindAssetsRoutesAndQueries) {
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

TEST(Detect, AThresholdIsBrokenBeyondItNotAtIt) {
  Facts facts = build();
  facts.samples = {bytes({{"asset", "a.js"}}, 250'000), bytes({{"asset", "b.js"}}, 250'001)};
  const auto findings = find(facts, RuleSet({big_asset()}));
  ASSERT_THAT(subjects(findings), ElementsAre("b.js"));
  EXPECT_EQ(findings[0].message, "bundle.raw of asset=b.js is 250.001 kB, over the limit of 250 kB: Words of the team");
  facts.samples.pop_back();
  EXPECT_TRUE(find(facts, RuleSet({big_asset()})).empty());
}

TEST(Detect, AThresholdLooksAtTheCoarsestSamplesThatMatch) {
  Facts facts = build();
  facts.samples = {bytes({}, 900'000), bytes({{"type", "js"}}, 800'000),
                   bytes({{"asset", "a.js"}, {"type", "js"}}, 700'000), bytes({{"entry", "main"}}, 300'000),
                   bytes({{"entry", "main"}, {"type", "js"}}, 290'000)};
  EXPECT_THAT(subjects(find(facts, RuleSet({big_asset("")}))), ElementsAre("bundle.raw"));
  EXPECT_THAT(subjects(find(facts, RuleSet({big_asset(R"(,"where":{"type":"j?"})")}))), ElementsAre("type=js"));
  EXPECT_THAT(subjects(find(facts, RuleSet({big_asset(R"(,"where":{"entry":"*","type":"js"})")}))),
              ElementsAre("main"));
}

TEST(Detect, AThresholdOnAMetricWhereHigherIsBetterBreaksBelow) {
  Facts facts;
  facts.samples.push_back({"lighthouse.score.seo", {{"page", "/"}}, Unit::kPoints, Runs{80, 89, 95}, false, "", {}});
  const Rule rule = rule_of(R"("id":"low","kind":"threshold","metric":"lighthouse.score.*","limit":90)");
  const auto findings = find(facts, RuleSet({rule}));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_THAT(findings[0].message, HasSubstr("is 89 points, under the limit of 90 points"));
  facts.samples[0].value = Runs{80, 90, 95};
  EXPECT_TRUE(find(facts, RuleSet({rule})).empty());
}

TEST(Detect, AValueThatIsOnlyALowerBoundProvesABreachButNeverAPass) {
  Facts facts = build();
  facts.samples = {bytes({{"asset", "a.js"}}, 300'000), bytes({{"asset", "b.js"}}, 100)};
  facts.samples[0].lower_bound = facts.samples[1].lower_bound = true;
  facts.samples[1].lower_bound_reason = "2 of 3 chunks are missing";
  const auto findings = find(facts, RuleSet({big_asset()}));
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].level, Level::kWarning);
  EXPECT_THAT(findings[0].message, HasSubstr("is at least 300 kB, over"));
  EXPECT_EQ(findings[1].level, Level::kNote);
  EXPECT_THAT(findings[1].message, HasSubstr("cannot tell whether the limit of 250 kB is kept: 2 of 3 chunks"));
}

TEST(Detect, AThresholdThatMatchesNothingMeasuredSaysSo) {
  Facts facts = build();
  facts.samples = {bytes({{"entry", "main"}}, 5)};
  facts.unmeasured.push_back({"bundle.", {}, "the stats list no assets", "", {}, true});
  const auto findings = find(facts, RuleSet({big_asset()}));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kNote);
  EXPECT_THAT(findings[0].message, HasSubstr("'bundle.raw' matches it: the stats list no assets"));
}

TEST(Detect, IgnoreGlobsAndOffSilence) {
  Facts facts = build();
  facts.bundle.packages = {{"moment", 2, "", {}}, {"moment-timezone", 1, "", {}}};
  Rule rule = no_moment();
  rule.ignore = {"*-timezone"};
  EXPECT_THAT(subjects(find(facts, RuleSet({rule}))), ElementsAre("moment"));
  rule.level = Level::kOff;
  EXPECT_TRUE(find(facts, RuleSet({rule})).empty());
}

TEST(Detect, SortsByLevelThenMagnitudeThenPlaceWhateverTheOrderOfFactsAndRules) {
  Facts facts = build();
  facts.bundle.packages = {{"moment-b", 10, "", {"b", 1, 0, ""}},
                    {"moment-a", 10, "", {"a", 1, 0, ""}},
                    {"moment-big", 99, "", {"z", 1, 0, ""}}};
  facts.samples = {bytes({{"asset", "x.js"}}, 9'000'000)};
  const auto names = subjects(find(facts, RuleSet({big_asset(), no_moment()})));
  EXPECT_THAT(names, ElementsAre("moment-big", "moment-a", "moment-b", "x.js"));
  std::reverse(facts.bundle.packages.begin(), facts.bundle.packages.end());
  EXPECT_EQ(subjects(find(facts, RuleSet({no_moment(), big_asset()}))), names);
}

TEST(Detect, NamesFromInputsAreMadeSafe) {
  Facts facts = build();
  facts.bundle.packages = {{"moment-\x1b[31m\n", 2, "a\x07", {}}};
  const auto findings = find(facts, RuleSet({no_moment()}));
  ASSERT_EQ(findings.size(), 1U);
  for (const std::string& text : {findings[0].message, findings[0].subject, findings[0].evidence.details[0].second}) {
    EXPECT_EQ(text.find_first_of("\x1b\n\x07"), std::string::npos);
  }
}

TEST(KeepFindings, ADetectorMayLowerTheLevelAndNeverRaiseIt) {
  Rule rule = no_moment();
  rule.level = Level::kWarning;
  std::vector<Finding> found(3);
  found[0].level = Level::kError;
  found[1].level = Level::kNote;
  found[2].level = Level::kOff;
  std::vector<Finding> kept;
  keep_findings(rule, found, kept);
  ASSERT_EQ(kept.size(), 3U);
  EXPECT_EQ(kept[0].level, Level::kWarning);
  EXPECT_EQ(kept[1].level, Level::kNote);
  EXPECT_EQ(kept[2].level, Level::kNote);
  EXPECT_EQ(kept[0].rule, "no-moment");
}

TEST(KeepFindings, AKeyIsMadeWhereTheDetectorGivesNone) {
  std::vector<Finding> found(3);
  found[0].subject = "a";
  found[1].subject = "b";
  found[2].key = "own";
  std::vector<Finding> kept;
  keep_findings(no_moment(), found, kept);
  EXPECT_EQ(kept[0].key.size(), 32U);
  EXPECT_NE(kept[0].key, kept[1].key);
  EXPECT_EQ(kept[2].key, "own");
}

}  // namespace
}  // namespace budgetcheck
