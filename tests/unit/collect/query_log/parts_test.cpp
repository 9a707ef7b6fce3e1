#include "collect/query_log/parts.h"

#include <gtest/gtest.h>

#include "collect/logs/json_lines.h"
#include "unit/collect/query_log/query_log_testing.h"

namespace budgetcheck {
namespace {

QueryShape shape(const std::string& text, const std::string& key = "0123456789abcdef") {
  QueryShape out;
  out.text = text;
  out.key = key;
  return out;
}

std::string line(const std::string& request, const std::string& sql) {
  return R"({"level":30,"reqId":")" + request + R"(","route":"/api/posts","query":")" + sql +
         R"(","params":"[1]","durationMs":1})" + "\n";
}

TEST(QueryParts, StatementsAreNamedWithoutTheirColumns) {
  EXPECT_EQ(statement_name(shape("SELECT a FROM t WHERE b = ?")), "SELECT a FROM t WHERE b = ?");
  const std::string name =
      statement_name(shape("SELECT t.aaaaaaaaaa, t.bbbbbbbbbbbb, t.cccccccccccc, t.ddddddd FROM t WHERE b = ?"));
  EXPECT_EQ(name, "SELECT … FROM t WHERE b = ? [01234567]");
  const std::string other = statement_name(
      shape("SELECT t.aaaaaaaaaa, t.bbbbbbbbbbbb, t.cccccccccccc, t.eeeeeee FROM t WHERE b = ?", "fedcba9876543210"));
  EXPECT_NE(name, other) << "another statement has another name";
  EXPECT_LT(statement_name(shape("UPDATE t SET " + std::string(5000, 'x'))).size(), 250U);
}

TEST(QueryParts, OfEachStatementTheMostInOneRequestCounts) {
  std::string log;
  for (int i = 0; i < 3; ++i) {
    log += line("r1", "SELECT a FROM t WHERE b = $1");
  }
  log += line("r2", "SELECT a FROM t WHERE b = $1") + line("r2", "SELECT x FROM other WHERE y = $1");
  const LogRead read = read_log(prisma_log_format(), log);
  ASSERT_TRUE(read.ok);
  ASSERT_EQ(read.facts.parts.size(), 2U);
  EXPECT_EQ(read.facts.parts[0].name, "SELECT a FROM t WHERE b = ?");
  EXPECT_EQ(read.facts.parts[0].size, 3);
  EXPECT_EQ(read.facts.parts[0].metric, "queries.count");
  EXPECT_EQ(read.facts.parts[0].where, (Labels{{"route", "/api/posts"}}));
  EXPECT_EQ(read.facts.parts[1].size, 1) << "a statement that only another request runs is seen";
  EXPECT_EQ(read.of("queries.count", "/api/posts"), 3);
}

TEST(QueryParts, WithoutRequestsNothingIsTold) {
  const LogRead read = read_log(prisma_log_format(),
                                R"({"query":"SELECT a FROM t WHERE b = $1","params":"[1]","duration":1,"route":"/x"})"
                                "\n"
                                R"({"query":"SELECT a FROM t WHERE b = $1","params":"[2]","duration":1,"route":"/x"})"
                                "\n");
  ASSERT_TRUE(read.ok);
  EXPECT_TRUE(read.facts.parts.empty());
}

}  // namespace
}  // namespace budgetcheck
