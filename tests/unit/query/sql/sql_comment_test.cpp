#include "query/sql/sql_comment.h"

#include <gtest/gtest.h>

#include <string>

namespace budgetcheck {
namespace {

constexpr std::string_view kTrace = "01f9568f77d179f2f0290f0c6f2ef7d1";
const std::string kParent = "traceparent='00-" + std::string(kTrace) + "-3cd2a147636a6661-01'";

std::string inner(std::string_view sql) { return std::string(without_outer_comments(sql)); }

TEST(SqlComment, ReadsWhatPrismaWrites) {
  const std::string sql =
      "SELECT 1 /*prismaQuery='Post.findMany%3AeyJ0Ijoi',requestId='req-00038',route='%2Fapi%2Fposts'," + kParent +
      "*/";
  const SqlComment comment = parse_sql_comment(sql);
  EXPECT_EQ(comment.trace_id, kTrace);
  EXPECT_EQ(comment.request_id, "req-00038");
  EXPECT_EQ(comment.route, "/api/posts");
  EXPECT_EQ(comment.prisma_model, "Post");
  EXPECT_EQ(comment.prisma_action, "findMany");
  EXPECT_EQ(inner(sql), "SELECT 1");
}

TEST(SqlComment, ARawQueryHasNoModel) {
  const SqlComment comment = parse_sql_comment("SELECT 1 /*prismaQuery='queryRaw'*/");
  EXPECT_EQ(comment.prisma_model, "");
  EXPECT_EQ(comment.prisma_action, "queryRaw");
}

TEST(SqlComment, OnlyTheTraceOfATraceparentCounts) {
  const auto trace = [](const std::string& span) {
    return parse_sql_comment("SELECT 1 /*traceparent='00-" + std::string(kTrace) + "-" + span + "-01'*/").trace_id;
  };
  EXPECT_EQ(trace("3cd2a147636a6661"), trace("a87ca27810f26c0a"));
  EXPECT_EQ(parse_sql_comment("SELECT 1 /* traceparent=00-00-00-00 */").trace_id, "");
  EXPECT_EQ(parse_sql_comment("SELECT 1 /* traceparent=00-" + std::string(kTrace) + "-3cd2a147636a6661-01 */").trace_id,
            kTrace);
}

TEST(SqlComment, ReadsCommentsThatStandInFront) {
  for (const std::string before : {"/*", " \n/* a note */ /*", "\\n/*"}) {
    const std::string sql = before + kParent + ",route='/a'*/\nSELECT 1";
    EXPECT_EQ(parse_sql_comment(sql).trace_id, kTrace) << before;
    EXPECT_EQ(parse_sql_comment(sql).route, "/a") << before;
    EXPECT_EQ(inner(sql), "SELECT 1") << before;
  }
}

TEST(SqlComment, ReadsMarginaliaAndItsKind) {
  const SqlComment comment =
      parse_sql_comment("/*application:Shop,controller:posts,action:index,line:/app/x.rb:12:in `y'*/ SELECT 1");
  EXPECT_EQ(comment.application, "Shop");
  EXPECT_EQ(comment.route, "posts#index");
  EXPECT_EQ(parse_sql_comment("SELECT 1 /*action='show',controller='users',route='/users/:id'*/").route, "/users/:id");
  EXPECT_EQ(parse_sql_comment("SELECT 1 /*action='show'*/").route, "");
  EXPECT_EQ(parse_sql_comment("SELECT 1 /*request_id='a', x-request-id='b'*/").request_id, "a");
}

TEST(SqlComment, TheLastCommentIsPreferred) {
  const std::string sql = "/*route='/first',requestId='r1'*/ SELECT 1 /*route='/last'*/";
  EXPECT_EQ(parse_sql_comment(sql).route, "/last");
  EXPECT_EQ(parse_sql_comment(sql).request_id, "r1");
  EXPECT_EQ(inner(sql), "SELECT 1");
}

TEST(SqlComment, ValuesAreUnquoted) {
  EXPECT_EQ(parse_sql_comment("SELECT 1 /*route='a\\'b,c',requestId='%25%2C'*/").route, "a'b,c");
  EXPECT_EQ(parse_sql_comment("SELECT 1 /*route='a\\'b,c',requestId='%25%2C'*/").request_id, "%,");
}

TEST(SqlComment, WhatIsNoCertainCommentStays) {
  for (const std::string sql : {"SELECT 1", "SELECT /* a */ 1", "SELECT '*/' /* x */ y */", "/*!40001 SELECT */ 1",
                                "/* a /* b */ c */ SELECT 1", "/* open SELECT 1", "SELECT 1 /*", ""}) {
    EXPECT_EQ(inner(sql), sql);
  }
  EXPECT_EQ(inner("/* only */"), "");
  EXPECT_EQ(inner("SELECT 1 /* x */ ;\\n"), "SELECT 1");
}

TEST(SqlComment, HostileTextIsReadInLinearTime) {
  std::string sql;
  for (const std::string piece : {"/*", "*/", "/*a='b',*/", "='", "'\\", ",", "/**/"}) {
    sql.clear();
    while (sql.size() < 2'000'000) {
      sql += piece;
    }
    (void)parse_sql_comment(sql);
    (void)parse_sql_comment("/*" + sql + "*/");
    (void)parse_sql_comment("SELECT 1 /*" + sql + "*/");
  }
}

}  // namespace
}  // namespace budgetcheck
