#include "unit/query/sql/statement_testing.h"

namespace budgetcheck {
namespace {

TEST(ParseStatement, KnowsEveryKindOfLimit) {
  for (const char* sql : {"SELECT a FROM t LIMIT 5", "SELECT a FROM t OFFSET 5 LIMIT $1", "SELECT TOP 5 a FROM t",
                          "SELECT TOP (5) a FROM t", "SELECT a FROM t OFFSET 1 ROWS FETCH NEXT 5 ROWS ONLY"}) {
    EXPECT_EQ(parsed(sql, Dialect::kUnknown), "top t limit") << sql;
  }
  for (const char* sql : {"SELECT a FROM t LIMIT ALL", "SELECT a FROM t LIMIT NULL", "SELECT a FROM t OFFSET 5"}) {
    EXPECT_EQ(parsed(sql), "top t") << sql;
  }
}

TEST(ParseStatement, ReadsSubqueriesWhereverTheyStand) {
  EXPECT_EQ(parsed("SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.x = t.x)"),
            "top t where exists #1 / exists u where u.x = t.x");
  EXPECT_EQ(parsed("SELECT a FROM t WHERE x IN (SELECT y FROM u) AND z NOT IN (SELECT y FROM v)"),
            "top t where (x in #1 & not exists #2) / exists u / exists v negated");
  EXPECT_EQ(parsed("SELECT (SELECT COUNT(*) FROM u WHERE u.x = t.x) FROM t"),
            "top t / scalar u where u.x = t.x aggregate");
  EXPECT_EQ(parsed("SELECT a FROM t WHERE x >= (SELECT x FROM t WHERE i = $1) ORDER BY x LIMIT 5"),
            "top t where x range #1 order x limit / scalar t where i =");
  EXPECT_EQ(parsed("SELECT COUNT(*) FROM (SELECT id FROM t WHERE a = 1 OFFSET 0) AS sub"),
            "top #1 sub aggregate / from t where a =");
  EXPECT_EQ(parsed("SELECT a FROM t ORDER BY (SELECT n FROM u WHERE u.x = t.x) LIMIT 3"),
            "top t order {} limit / scalar u where u.x = t.x");
  EXPECT_EQ(parsed("SELECT a FROM t GROUP BY a HAVING SUM(b) > (SELECT MAX(c) FROM u)"),
            "top t grouped / scalar u aggregate");
  EXPECT_EQ(parsed("SELECT a FROM t WHERE coalesce(b, (SELECT c FROM u)) = 1"),
            "top t where {coalesce(b, (SELECT c FROM u))} = / scalar u");
}

TEST(ParseStatement, ReadsCommonTables) {
  EXPECT_EQ(parsed("WITH x AS (SELECT a FROM t WHERE b = 1) SELECT a FROM x JOIN u ON u.a = x.a"),
            "from t where b = / top #0 x, u on u.a = x.a");
  EXPECT_EQ(parsed("WITH x AS (DELETE FROM t RETURNING a) SELECT a FROM x"), "top x");
  // The name stands for itself in a recursive one, and for a table in another.
  EXPECT_EQ(
      parsed("WITH RECURSIVE x AS (SELECT i FROM t WHERE p IS NULL UNION ALL SELECT t.i FROM t JOIN x ON t.p = x.i) "
             "SELECT i FROM x"),
      "from t where p null union / from t, #0 x on t.p = x.i union / top #0 x");
  EXPECT_EQ(parsed("WITH t AS (SELECT a FROM t) SELECT a FROM t"), "from t / top #0 t");
  // It is known in its own query only.
  EXPECT_EQ(parsed("SELECT a FROM (WITH x AS (SELECT 1) SELECT a FROM x) s, x"), "top #1 s, x / from / from #1 x");
}

TEST(ParseStatement, ReadsUnions) {
  EXPECT_EQ(parsed("SELECT a FROM t UNION ALL SELECT a FROM u WHERE b = 1 ORDER BY a LIMIT 5"),
            "top t limit union / top u where b = order a limit union");
  EXPECT_EQ(parsed("(SELECT a FROM t LIMIT 1) UNION (SELECT a FROM u)"), "top t limit union / top u union");
  // The limit is that of the union, not of the queries in it.
  EXPECT_EQ(parsed("SELECT a FROM t WHERE x IN (SELECT y FROM v) UNION SELECT a FROM u LIMIT 5"),
            "top t where x in #1 limit union / exists v / top u limit union");
}

}  // namespace
}  // namespace budgetcheck
