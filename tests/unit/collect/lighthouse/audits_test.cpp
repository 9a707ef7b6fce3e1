#include "collect/lighthouse/audits.h"

#include <gtest/gtest.h>

#include <set>

#include "unit/collect/lighthouse/lighthouse_testing.h"

namespace budgetcheck {
namespace {

using testing::collect_fixture;
using testing::collect_text;
using testing::Collected;
using testing::lhr;
using testing::numeric;

// A budget on an audit that this version no longer has is answered, never passed: lhci exits 0 for
// performance-budget on a Lighthouse 13 result.
TEST(LighthouseAudits, WhatThirteenLacksIsExplainedWithItsSuccessor) {
  const Collected got = collect_fixture("lh13-dashboard-mobile");
  EXPECT_EQ(
      got.answer("lighthouse.dom-size"),
      "Lighthouse 13.5.0 has no audit 'dom-size' (gone since version 13, replaced by 'dom-size-insight') | budget "
      "'lighthouse.dom-size-insight' | budget");
  EXPECT_EQ(got.answer("lighthouse.render-blocking-resources"),
            "Lighthouse 13.5.0 has no audit 'render-blocking-resources' (gone since version 13, replaced by "
            "'render-blocking-insight', which has no number) | budget 'lighthouse.savings.render-blocking-insight.fcp' "
            "instead | budget");
  EXPECT_EQ(got.answer("lighthouse.performance-budget"),
            "Lighthouse 13.5.0 has no audit 'performance-budget' (gone since version 12) | budget "
            "'lighthouse.resource.<type>.bytes' instead | budget");
  EXPECT_NE(got.answer("lighthouse.uses-long-cache-ttl").find("'cache-insight'"), std::string::npos);
  EXPECT_EQ(got.answer("lighthouse.score.pwa"),
            "Lighthouse 13.5.0 has no category 'pwa' | remove the budget, or measure with another Lighthouse | budget");
}

TEST(LighthouseAudits, WhatAnOlderVersionHasIsMeasuredThere) {
  const Collected twelve = collect_fixture("lh12-home-only-performance");
  EXPECT_EQ(twelve.answer("lighthouse.dom-size"), "measured");
  EXPECT_EQ(twelve.answer("lighthouse.render-blocking-resources"), "measured");
  EXPECT_NE(twelve.answer("lighthouse.uses-rel-preload").find("gone since version 12"), std::string::npos);
  EXPECT_NE(twelve.answer("lighthouse.score.agentic-browsing").find("has no category"), std::string::npos);
  const Collected eleven = collect_fixture("lh11-report-failed-audits");
  EXPECT_EQ(eleven.answer("lighthouse.score.pwa"), "measured");
  EXPECT_EQ(eleven.answer("lighthouse.first-meaningful-paint"), "measured");
}

TEST(LighthouseAudits, WhatIsNotThereYetNamesItsPredecessor) {
  EXPECT_EQ(collect_fixture("lh11-report-failed-audits").answer("lighthouse.dom-size-insight"),
            "Lighthouse 11.7.1 has no number for the audit 'dom-size-insight' yet (version 13 has) | budget "
            "'lighthouse.dom-size' | budget");
  // Lighthouse 12 has the audit, without a number.
  const Collected twelve = collect_text(
      lhr(R"("dom-size-insight":{"scoreDisplayMode":"numeric","score":1},)" + numeric("dom-size", "5", "element"),
          R"("x":1,)", "12.8.2"));
  EXPECT_EQ(twelve.answer("lighthouse.dom-size-insight"),
            "the audit 'dom-size-insight' has no number in Lighthouse 12.8.2 | budget 'lighthouse.dom-size' | budget");
}

TEST(LighthouseAudits, AnAuditThatOnlyHasAScoreSaysSo) {
  EXPECT_EQ(collect_fixture("lh13-home-mobile-1").answer("lighthouse.color-contrast"),
            "the audit 'color-contrast' has no number in Lighthouse 13.5.0 | budget the score of its category, "
            "'lighthouse.score.<category>' | budget");
  EXPECT_NE(
      collect_fixture("lh13-home-mobile-1").answer("lighthouse.resource-summary").find("lighthouse.resource.<type>"),
      std::string::npos);
}

TEST(LighthouseAudits, InpInANavigationSaysWhereItIsMeasured) {
  EXPECT_EQ(collect_fixture("lh13-home-mobile-1").answer("lighthouse.inp"),
            "only a timespan of a user flow runs the audit 'interaction-to-next-paint' | budget a timespan | budget");
}

TEST(LighthouseAudits, EveryKnownAuditIsAnsweredInEveryVersion) {
  for (const char* version : {"10.4.0", "11.7.1", "12.8.2", "13.5.0"}) {
    const Collected got = collect_text(lhr(numeric("made-up", "1"), R"("x":1,)", version));
    for (const AuditRow& row : known_audits()) {
      const std::string answer = got.answer(audit_metric(row.id));
      EXPECT_NE(answer, "unknown") << version << " " << row.id;
      EXPECT_NE(answer, "measured") << version << " " << row.id;
    }
  }
}

TEST(LighthouseAudits, TheTableIsConsistent) {
  std::set<std::string_view> ids;
  for (const AuditRow& row : known_audits()) {
    EXPECT_TRUE(ids.insert(row.id).second) << row.id;
    EXPECT_TRUE(row.last == 0 || row.last < kNewestLighthouse) << row.id;
    EXPECT_TRUE(row.last == 0 || row.first <= row.last) << row.id;
    EXPECT_TRUE(row.successor.empty() || row.last != 0) << row.id << " has a successor and is still there";
  }
}

}  // namespace
}  // namespace budgetcheck
