#include "collect/query_log/execution.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(Control, IsWhatEndsOrBeginsATransaction) {
  EXPECT_EQ(control_of("BEGIN"), Control::kBegin);
  EXPECT_EQ(control_of("start transaction isolation level serializable"), Control::kBegin);
  EXPECT_EQ(control_of("COMMIT;"), Control::kCommit);
  EXPECT_EQ(control_of(R"(-- Implicit "COMMIT" query via underlying driver)"), Control::kCommit);
  EXPECT_EQ(control_of(R"(/* Implicit \"BEGIN\" query via underlying driver */)"), Control::kBegin);
  EXPECT_EQ(control_of("ROLLBACK"), Control::kRollback);
  EXPECT_EQ(control_of("ROLLBACK TO SAVEPOINT a"), Control::kOther) << "the transaction goes on";
  EXPECT_EQ(control_of("SET search_path = a"), Control::kOther);
  EXPECT_EQ(control_of(""), Control::kOther);
}

Execution at(double at_ms, double ms) {
  Execution execution;
  execution.at_ms = at_ms;
  execution.ms = ms;
  return execution;
}

TEST(IdleTime, LeavesTheStatementsTimesOut) {
  EXPECT_DOUBLE_EQ(idle_between(1000, 4, at(1010, 7)), 3) << "whether the log has beginnings or ends";
  EXPECT_DOUBLE_EQ(idle_between(1000, 4, at(1003, 7)), 0) << "they ran side by side";
  EXPECT_DOUBLE_EQ(idle_between(1000, -1, at(1010, -1)), 10);
  EXPECT_LT(idle_between(-1, 4, at(1010, 7)), 0);
  EXPECT_LT(idle_between(1000, 4, at(-1, 7)), 0);
  EXPECT_LT(idle_between(1000, 4, at(900, 7)), 0) << "logs that were joined";
}

TEST(IdleTime, APauseIsLongByItselfAndComparedWithStatements) {
  EXPECT_TRUE(is_pause(20, 1, at(0, 10)));
  EXPECT_FALSE(is_pause(19, 1, at(0, 1)));
  EXPECT_FALSE(is_pause(20, 1, at(0, 11))) << "a slow machine";
  EXPECT_TRUE(is_pause(22, 1, at(0, 11)));
  EXPECT_FALSE(is_pause(-1, 1, at(0, 1)));
  EXPECT_FALSE(is_pause(49, -1, at(0, -1))) << "it may be a slow statement";
  EXPECT_TRUE(is_pause(50, -1, at(0, -1)));
}

}  // namespace
}  // namespace budgetcheck
