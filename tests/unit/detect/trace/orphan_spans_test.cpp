#include "detect/trace/orphan_spans.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/detect/trace/trace_rules_testing.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::vector<Finding> orphans(std::vector<OrphanSpans> services, std::vector<std::string> ignore = {}) {
  TraceFacts traces;
  traces.orphans = std::move(services);
  return found_in_traces(detect_orphan_spans, "orphan-spans", std::move(traces), std::move(ignore));
}

TEST(OrphanSpansRule, OneIsEnoughForANote) {
  const auto findings = orphans({{"shop-web", 1, 40, shop_place()}});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kNote);
  EXPECT_EQ(findings[0].message, "1 of 40 spans of 'shop-web' names a parent that is in none of the files");
  EXPECT_EQ(findings[0].subject, "shop-web");
  EXPECT_EQ(findings[0].evidence.count, 1U);
  EXPECT_EQ(findings[0].location.line, 7U);
  EXPECT_THAT(findings[0].fix.text, HasSubstr("Pass the files of the services that call it"));
}

TEST(OrphanSpansRule, EachServiceIsOneFinding) {
  const auto findings = orphans({{"shop-web", 2, 2, shop_place()}, {"stock", 3, 9, shop_place("/stock")}});
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].message, "2 of 2 spans of 'shop-web' name a parent that is in none of the files");
  EXPECT_NE(findings[0].key, findings[1].key);
}

TEST(OrphanSpansRule, WithoutOrphansOrForAnExemptServiceItIsSilent) {
  EXPECT_THAT(orphans({}), IsEmpty());
  EXPECT_THAT(orphans({{"shop-web", 1, 40, shop_place()}}, {"shop-*"}), IsEmpty());
}

}  // namespace
}  // namespace budgetcheck
