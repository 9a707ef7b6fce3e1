#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/detect/data_rules_testing.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(ThresholdRule, AThresholdIsBrokenBeyondItNotAtIt) {
  Facts facts = build();
  facts.samples = {bytes({{"asset", "a.js"}}, 250'000), bytes({{"asset", "b.js"}}, 250'001)};
  const auto findings = find(facts, RuleSet({big_asset()}));
  ASSERT_THAT(subjects(findings), ElementsAre("b.js"));
  EXPECT_EQ(findings[0].message, "bundle.raw of asset=b.js is 250.001 kB, over the limit of 250 kB: Words of the team");
  facts.samples.pop_back();
  EXPECT_TRUE(find(facts, RuleSet({big_asset()})).empty());
}

TEST(ThresholdRule, AThresholdLooksAtTheCoarsestSamplesThatMatch) {
  Facts facts = build();
  facts.samples = {bytes({}, 900'000), bytes({{"type", "js"}}, 800'000),
                   bytes({{"asset", "a.js"}, {"type", "js"}}, 700'000), bytes({{"entry", "main"}}, 300'000),
                   bytes({{"entry", "main"}, {"type", "js"}}, 290'000)};
  EXPECT_THAT(subjects(find(facts, RuleSet({big_asset("")}))), ElementsAre("bundle.raw"));
  EXPECT_THAT(subjects(find(facts, RuleSet({big_asset(R"(,"where":{"type":"j?"})")}))), ElementsAre("type=js"));
  EXPECT_THAT(subjects(find(facts, RuleSet({big_asset(R"(,"where":{"entry":"*","type":"js"})")}))),
              ElementsAre("main"));
}

TEST(ThresholdRule, AThresholdOnAMetricWhereHigherIsBetterBreaksBelow) {
  Facts facts;
  facts.samples.push_back({"lighthouse.score.seo", {{"page", "/"}}, Unit::kPoints, Runs{80, 89, 95}, false, "", {}});
  const Rule rule = rule_of(R"("id":"low","kind":"threshold","metric":"lighthouse.score.*","limit":90)");
  const auto findings = find(facts, RuleSet({rule}));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_THAT(findings[0].message, HasSubstr("is 89 points, under the limit of 90 points"));
  facts.samples[0].value = Runs{80, 90, 95};
  EXPECT_TRUE(find(facts, RuleSet({rule})).empty());
}

TEST(ThresholdRule, AValueThatIsOnlyALowerBoundProvesABreachButNeverAPass) {
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

TEST(ThresholdRule, AThresholdThatMatchesNothingMeasuredSaysSo) {
  Facts facts = build();
  facts.samples = {bytes({{"entry", "main"}}, 5)};
  facts.unmeasured.push_back({"bundle.", {}, "the stats list no assets", "", {}, true});
  const auto findings = find(facts, RuleSet({big_asset()}));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kNote);
  EXPECT_THAT(findings[0].message, HasSubstr("'bundle.raw' matches it: the stats list no assets"));
}

}  // namespace
}  // namespace budgetcheck
