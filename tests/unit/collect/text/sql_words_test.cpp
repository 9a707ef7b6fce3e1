#include "collect/text/sql_words.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(MentionsSql, Statements) {
  EXPECT_TRUE(mentions_sql("10:00 query SELECT \"id\" FROM \"User\""));
  EXPECT_TRUE(mentions_sql("a\nb insert into t (a) values (1)\n"));
  EXPECT_TRUE(mentions_sql("UPDATE t SET a = 1"));
  EXPECT_TRUE(mentions_sql("DELETE FROM t"));
  EXPECT_TRUE(mentions_sql("please select one\nselect a from b"));
}

TEST(MentionsSql, OtherTexts) {
  EXPECT_FALSE(mentions_sql(""));
  EXPECT_FALSE(mentions_sql("select a file\nfrom the list"));
  EXPECT_FALSE(mentions_sql("update available: set aside"));
  EXPECT_FALSE(mentions_sql("# HELP http_requests_total Requests\n"));
  EXPECT_FALSE(mentions_sql("deleted from the cart"));
}

}  // namespace
}  // namespace budgetcheck
