#include "detect/detect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "unit/detect/data_rules_testing.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;

TEST(Detect, CodedRulesAndDetectorsAreTheSameSet) {
  std::set<std::string> coded;
  for (const Rule& rule : shipped_rules().all()) {
    if (rule.kind == RuleKind::kCoded) {
      coded.insert(rule.id);
    }
  }
  // What only judge has, and what generators write.
  const std::set<std::string_view> elsewhere{"slow-drift",         "retention-review-due", "limit-over-capacity",
                                             "limit-tenant-share", "limit-burst-backlog",  "generated-file-stale"};
  std::set<std::string> looked_for;
  for (const Detector& detector : detectors()) {
    EXPECT_EQ(detector.detect == nullptr, elsewhere.contains(detector.rule)) << detector.rule;
    EXPECT_TRUE(looked_for.insert(std::string(detector.rule)).second) << "twice: " << detector.rule;
  }
  EXPECT_EQ(looked_for, coded);
}

TEST(Detect, ShippedRulesAreSilentOnNothing) {
  EXPECT_TRUE(find(Facts{}, shipped_rules()).empty());
  EXPECT_TRUE(detect(Facts{}, shipped_rules()).notes.empty());
}

TEST(Detect, ACodedRuleWithoutItsDetectorIsABug) {
  Rule rule = no_moment();
  rule.kind = RuleKind::kCoded;
  EXPECT_THROW(detect(Facts{}, RuleSet({rule})), InternalError);
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

}  // namespace
}  // namespace budgetcheck
