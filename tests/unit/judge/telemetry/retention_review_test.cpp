#include "judge/telemetry/retention_review.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/load.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

BudgetsFile file(const std::string& text) {
  MemoryFileSystem files;
  files.add("budgets.yml", "version: 1\n" + text);
  auto loaded = load_budgets(files, "budgets.yml");
  EXPECT_TRUE(loaded);
  return loaded ? std::move(*loaded) : BudgetsFile{};
}

std::vector<Finding> on(const std::string& today, const std::string& more = {}) {
  return retention_review_findings(
      file("telemetry: { retention: { logs: 30d, approved_by: x, review_by: 2027-03-31 } }\n" + more), today);
}

TEST(RetentionReview, IsDueTheDayAfter) {
  EXPECT_THAT(on("2027-03-31"), IsEmpty());
  const auto due = on("2027-04-01");
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].message, "the retention of telemetry was to be reviewed by 2027-03-31, 1 day ago (approved by x)");
  EXPECT_EQ(due[0].location.line, 2U);
  EXPECT_EQ(due[0].level, Level::kWarning);
  EXPECT_THAT(on("2028-01-01", "rules: { retention-review-due: off }\n"), IsEmpty());
}

TEST(RetentionReview, NeedsSomeoneAndADay) {
  const auto found = retention_review_findings(file("telemetry: { retention: { logs: 30d } }\n"), "2026-01-01");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].message, HasSubstr("who agreed to it (approved_by) or when it is reviewed (review_by)"));
  EXPECT_THAT(retention_review_findings(file(""), "2026-01-01"), IsEmpty());
}

TEST(RetentionReview, ARequirementThatNothingShowedIsSaid) {
  const BudgetsFile budgets = file("telemetry: { required: [{ on: log, attributes: [trace_id] }] }\n");
  Facts facts;
  ASSERT_EQ(unseen_requirements(budgets, facts).size(), 1U);
  facts.logs.loggers.emplace_back();
  EXPECT_THAT(unseen_requirements(budgets, facts), IsEmpty());
  EXPECT_THAT(unseen_requirements(file(""), Facts()), IsEmpty());
}

}  // namespace
}  // namespace budgetcheck
