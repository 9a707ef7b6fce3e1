#include "results/outcome.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(ReadOutcome, TakesWhatIsThere) {
  const auto outcome = read_outcome("r.json", R"({"version":1,"samples":[],"outcome":"fail","tool":{"version":"9"},
      "verdicts":[{"budget":"a","metric":"m","where":{"x":"y"},"status":"fail","code":"REGRESSED","message":"m"},7]})");
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->outcome, "fail");
  EXPECT_EQ(outcome->tool_version, "9");
  ASSERT_EQ(outcome->verdicts.size(), 1U);
  EXPECT_EQ(outcome->verdicts[0].budget, "a");
  EXPECT_EQ(*outcome->verdicts[0].where.find("x"), "y");
}

TEST(ReadOutcome, LeavesOutMembersOfTheWrongType) {
  const auto outcome = read_outcome("r.json", R"({"outcome":7,"tool":"x","verdicts":[{"budget":[],"where":{"x":1}}]})");
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->outcome, "");
  EXPECT_EQ(outcome->tool_version, "");
  ASSERT_EQ(outcome->verdicts.size(), 1U);
  EXPECT_EQ(outcome->verdicts[0].budget, "");
  EXPECT_TRUE(outcome->verdicts[0].where.empty());
  EXPECT_FALSE(read_outcome("r.json", "{\"outcome\":"));
}

}  // namespace
}  // namespace budgetcheck
