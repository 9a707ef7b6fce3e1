#include "detect/bundle/failed_build.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

Rule rule() {
  Rule made;
  made.id = "failed-build";
  made.level = Level::kError;
  return made;
}

std::vector<Finding> find(const Facts& facts) {
  std::vector<Finding> findings;
  detect_failed_build(facts, rule(), findings);
  return findings;
}

TEST(FailedBuild, FiresWithTheFirstError) {
  Facts facts;
  facts.bundle.failed_builds.push_back({4, "Module parse failed", {"dist/stats.json", 1, 0, {}}});
  const auto findings = find(facts);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kError);
  EXPECT_EQ(findings[0].message,
            "the build behind 'dist/stats.json' failed with 4 errors, so its sizes mean nothing: Module parse failed");
  EXPECT_EQ(findings[0].location.file, "dist/stats.json");
  EXPECT_FALSE(findings[0].fix.text.empty());
}

TEST(FailedBuild, TheKeyDoesNotFollowTheNumberOfErrors) {
  Facts one;
  one.bundle.failed_builds.push_back({1, "a", {"s.json", 1, 0, {}}});
  Facts two;
  two.bundle.failed_builds.push_back({2, "b", {"s.json", 1, 0, {}}});
  EXPECT_EQ(find(one)[0].key, find(two)[0].key);
}

TEST(FailedBuild, DoesNotFireOnAGoodBuild) { EXPECT_TRUE(find({}).empty()); }

}  // namespace
}  // namespace budgetcheck
