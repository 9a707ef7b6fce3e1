#include "unit/query/sql/statement_testing.h"

namespace budgetcheck {
namespace {

TEST(ParseStatement, PushesNotDownToTheComparisons) {
  EXPECT_EQ(where("NOT (a = 1 AND b = 2)"), "(a <> | b <>)");
  EXPECT_EQ(where("NOT (a = 1 OR NOT b IN (1,2))"), "(a <> & b in)");
  EXPECT_EQ(where("(NOT (a = 1))"), "a <>");
  EXPECT_EQ(where("NOT NOT a = 1"), "a =");
  EXPECT_EQ(where("NOT EXISTS (SELECT 1 FROM u)"), "not exists #1");
  EXPECT_EQ(where("NOT (NOT EXISTS (SELECT 1 FROM u))"), "exists #1");
}

TEST(ParseStatement, KnowsWhichOfAndAndOrBindsTighter) {
  EXPECT_EQ(where("a = 1 OR b = 2 AND c = 3"), "(a = | (b = & c =))");
  EXPECT_EQ(where("(a = 1 OR b = 2) AND c = 3"), "((a = | b =) & c =)");
  EXPECT_EQ(where("((((a = 1))))"), "a =");
}

}  // namespace
}  // namespace budgetcheck
