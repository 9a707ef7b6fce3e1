#include "query/sql/statement.h"

#include <random>

#include "query/sql/shape.h"
#include "unit/base/growth.h"
#include "unit/query/sql/statement_testing.h"

namespace budgetcheck {
namespace {

TEST(ParseStatement, ReadsTablesConditionOrderAndLimit) {
  EXPECT_EQ(
      parsed("SELECT \"public\".\"Post\".\"id\" FROM \"public\".\"Post\" WHERE (\"public\".\"Post\".\"a\" = $1 AND "
             "1=1) ORDER BY \"public\".\"Post\".\"b\" DESC, c LIMIT $2 OFFSET $3"),
      "top public.Post where (Post.a = & true) order Post.b desc, c limit");
  EXPECT_EQ(parsed("SELECT a FROM t"), "top t");
  EXPECT_EQ(parsed("SELECT a FROM t AS x, u y WHERE x.a = y.b"), "top t x, u y where x.a = y.b");
  EXPECT_EQ(parsed("SELECT a FROM t ORDER BY lower(a), b NULLS LAST OFFSET 2"), "top t order {}, b");
  EXPECT_EQ(parsed("SELECT DISTINCT a FROM t"), "top t grouped");
  EXPECT_EQ(parsed("SELECT a, COUNT(*) FROM t GROUP BY a HAVING COUNT(*) > 1 ORDER BY a"),
            "top t order a aggregate grouped");
}

TEST(ParseStatement, ReadsWhatAWriteReads) {
  EXPECT_EQ(parsed("UPDATE t SET a = 1, b = (SELECT MAX(c) FROM u) WHERE d = 2 RETURNING a"),
            "top t where d = / scalar u aggregate");
  EXPECT_EQ(parsed("UPDATE t AS x SET a = v.a FROM (VALUES (1,2)) AS v(id, a) WHERE x.id = v.id"),
            "top t x, v where x.id = v.id");
  EXPECT_EQ(parsed("UPDATE `t` INNER JOIN `u` ON `u`.`x` = `t`.`x` SET `t`.`a` = ? WHERE `u`.`b` = ?", Dialect::kMysql),
            "top t, u on u.x = t.x where u.b =");
  EXPECT_EQ(parsed("DELETE FROM t USING u WHERE t.x = u.x AND u.y = 1"), "top t, u where (t.x = u.x & u.y =)");
  EXPECT_EQ(parsed("DELETE FROM t"), "top t");
  EXPECT_EQ(parsed("INSERT INTO t (a, b) VALUES ($1, $2) ON CONFLICT (a) DO UPDATE SET b = $3 WHERE t.b < 4"), "");
  EXPECT_EQ(parsed("INSERT INTO t (a) SELECT b FROM u WHERE c = 1 ON CONFLICT DO NOTHING"), "from u where c =");
  EXPECT_EQ(parsed("INSERT INTO t (SELECT b FROM u)"), "from u");
  EXPECT_EQ(parsed("INSERT INTO t (a) VALUES ((SELECT MAX(b) FROM u))"), "scalar u aggregate");
}

TEST(ParseStatement, WhatItDoesNotKnowIsUnknownAndNeverDropped) {
  for (const char* condition :
       {"a = 1 b = 2", "a <=> '[1]' < 0.5", "a <-> $1 < 5", "a = 1 XOR b = 2", "(a = 1) = (b = 2)", "$1 IS NULL"}) {
    EXPECT_EQ(where(condition), "unknown") << condition;
  }
  EXPECT_EQ(where("$1 IS NULL OR a = $1"), "(unknown | a =)");
}

TEST(ParseStatement, WhatIsCutOffOrNotClosedIsNotUnderstood) {
  for (const char* sql : {"", "SELECT", "SELECT a FROM", "SELECT a FROM t WHERE (a = 1", "SELECT a FROM t WHERE a = 1)",
                          "SELECT a FROM t WHERE a = …", "EXPLAIN SELECT a FROM t", "TRUNCATE t",
                          "SELECT a FROM t WHERE a IN (SELECT", "SELECT a FROM t WHERE", "hello", "UPDATE", "DELETE",
                          "SELECT a FROM t JOIN", "SELECT a FROM t x y WHERE a = 1", "SELECT a FROM (SELECT"}) {
    const std::string seen = parsed(sql, Dialect::kUnknown);
    EXPECT_TRUE(seen == "?" || std::string_view(sql) == "SELECT") << sql << " gives " << seen;
  }
  const std::string quote = parsed("SELECT a FROM t WHERE a = 'x AND b = 1");
  EXPECT_TRUE(quote == "?" || quote == "top t where a =") << quote;
}

std::string repeat(const std::string& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) {
    out += text;
  }
  return out;
}

TEST(ParseStatement, NestsToALimitAndNoFurther) {
  const auto nested = [](std::size_t depth) {
    return "SELECT a FROM t WHERE " + repeat("(b = 2 OR ", depth) + "a = 1" + repeat(")", depth);
  };
  EXPECT_NE(parsed(nested(40)), "?");
  EXPECT_EQ(parsed(nested(10'000)), "?");
  EXPECT_EQ(parsed("SELECT a FROM t WHERE a = " + repeat("(SELECT ", 10'000) + "1" + repeat(")", 10'000)), "?");
  EXPECT_EQ(parsed(repeat("(", 10'000) + "SELECT 1" + repeat(")", 10'000)), "?");
  EXPECT_EQ(parsed("SELECT 1 FROM " + repeat("(", 10'000) + "t" + repeat(")", 10'000)), "?");
  EXPECT_EQ(parsed("WITH " + repeat("x AS (WITH ", 5000) + "y AS (SELECT 1) SELECT 1" + repeat(") SELECT 1", 5000)),
            "?");
  EXPECT_EQ(parsed("SELECT a FROM t WHERE a = 1" + repeat(" AND EXISTS (SELECT 1 FROM u)", 300)), "?");
}

/// How the time for a statement, understood or not, grows with how often `part` stands in it.
double growth_of(const std::string& before, const std::string& part, std::size_t count, const std::string& within = "",
                 const std::string& after = "") {
  return growth(count, [&](std::size_t n) {
    return [sql = before + repeat(part, n) + within + repeat(after, n)] {
      const Statement statement = parse_statement(sql);
      access_of(statement, postgres());
    };
  });
}

TEST(ParseStatement, TakesLinearTimeWhateverTheStatement) {
  constexpr std::size_t kBytes = 1 << 17;
  EXPECT_LT(growth_of("SELECT a FROM t WHERE a = 1", " AND a = 1", kBytes / 10), kLinear);
  EXPECT_LT(growth_of("SELECT a FROM \"Post\" WHERE a = 1", " AND title = $1", 1500), kLinear);
  EXPECT_LT(growth_of("SELECT a FROM \"Post\" WHERE a = 1", " OR authorId = $1", 1500), kLinear);
  for (const std::string part : {"(", ")", "f(", "((a), ", "a.", "'", "CASE ", "NOT ", "a IN (SELECT ", "::text",
                                 " UNION SELECT 1", "x AS (SELECT 1), ", "[", "\"", "-- \n", "/* */"}) {
    for (const char* before : {"SELECT a FROM t WHERE ", "SELECT ", "WITH "}) {
      EXPECT_LT(growth_of(before, part, kBytes / part.size()), kLinear) << before << part;
    }
  }
  EXPECT_LT(growth_of("SELECT ", "(", 3000, "1", ")"), kLinear);
  EXPECT_LT(growth_of("SELECT 1 WHERE f", "(", 3000, "1", ")"), kLinear);
}

TEST(ParseStatement, PiecesInAnyOrderDoNoHarm) {
  const std::vector<std::string> pieces{
      "SELECT", "FROM",    "WHERE",      "t",      "\"Post\"", "(",       ")",     ",",           "=",
      "?",      "AND",     "OR",         "NOT",    "IN",       "LIKE",    "'%'",   "JOIN",        "ON",
      "LEFT",   "AS",      "x",          ".",      "EXISTS",   "WITH",    "UNION", "ORDER BY",    "LIMIT",
      "1=1",    "CASE",    "END",        "::text", "USING",    "IS",      "NULL",  "ANY",         "BETWEEN",
      "SET",    "UPDATE",  "VALUES (?)", "DELETE", "MATCH",    "||",      "COUNT", "INSERT INTO", "GROUP BY",
      "FOR",    "LATERAL", "ALL",        "XOR",    "COLLATE",  "INTERVAL"};
  std::mt19937 random(11);
  for (int i = 0; i < 40'000; ++i) {
    std::string sql = random() % 2 == 0 ? "SELECT a FROM \"Post\" WHERE" : "";
    for (std::size_t n = random() % 24; n > 0; --n) {
      sql += " " + pieces[random() % pieces.size()];
    }
    const Statement statement = parse_statement(sql);
    ASSERT_EQ(statement.understood || statement.blocks.empty(), true);
    for (const TableAccess& access : access_of(statement, postgres()).tables) {
      ASSERT_EQ(access.table->name, "Post") << sql;
    }
  }
}

}  // namespace
}  // namespace budgetcheck
