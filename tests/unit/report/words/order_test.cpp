#include "report/words/order.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(Order, KnownFindingsBreakNothing) {
  Finding f;
  f.level = Level::kError;
  EXPECT_TRUE(breaks(f, Level::kError));
  EXPECT_TRUE(breaks(f, Level::kOff));
  f.state = FindingState::kSame;
  EXPECT_FALSE(breaks(f, Level::kError));
  f.state = FindingState::kWorse;
  f.level = Level::kWarning;
  EXPECT_FALSE(breaks(f, Level::kError));
  EXPECT_TRUE(breaks(f, Level::kWarning));
}

TEST(Order, ABudgetCountsOnceByItsWorst) {
  Report report;
  for (const Status status : {Status::kPass, Status::kFail, Status::kWarn}) {
    Verdict v;
    v.budget = "b";
    v.status = status;
    report.verdicts.push_back(v);
  }
  const Tally t = tally(report);
  EXPECT_EQ(t.budgets, 1U);
  EXPECT_EQ(t.failed, 1U);
  EXPECT_EQ(t.passed + t.warned, 0U);
}

}  // namespace
}  // namespace budgetcheck
