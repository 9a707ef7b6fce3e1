#include "detect/slow_drift.h"

#include <gtest/gtest.h>

#include "budget/catalogue.h"

namespace budgetcheck {
namespace {

std::vector<Finding> find(double share, double before = 2000, double now = 2140) {
  Facts facts;
  facts.crept.push_back({"home-lcp",
                         "lighthouse.lcp",
                         Labels{{"page", "/"}},
                         Unit::kMilliseconds,
                         {share, before, now, 70},
                         {"budgets.yml", 4, 3, {}}});
  std::vector<Finding> findings;
  detect_slow_drift(facts, *shipped_rules().find("slow-drift"), findings);
  return findings;
}

TEST(SlowDrift, FiresFromItsThresholdOn) {
  EXPECT_EQ(find(0.05).size(), 1U);
  EXPECT_TRUE(find(0.0499).empty());
  EXPECT_TRUE(find(0).empty());
}

TEST(SlowDrift, SaysFromWhereToWhere) {
  const Finding finding = find(0.07).at(0);
  EXPECT_EQ(finding.level, Level::kWarning);
  EXPECT_EQ(finding.message,
            "lighthouse.lcp, page=/ crept from 2 s to 2.14 s (7% worse) over the last 70 stored results of the main "
            "branch");
  EXPECT_EQ(finding.location.file, "budgets.yml");
}

TEST(SlowDrift, TheKeyDoesNotFollowTheNumbers) { EXPECT_EQ(find(0.07).at(0).key, find(0.09, 1900, 2150).at(0).key); }

}  // namespace
}  // namespace budgetcheck
