#include "query/sql/statement.h"

#include <chrono>
#include <random>

#include "query/sql/shape.h"
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

TEST(ParseStatement, KnowsEveryKindOfLimit) {
  for (const char* sql : {"SELECT a FROM t LIMIT 5", "SELECT a FROM t OFFSET 5 LIMIT $1", "SELECT TOP 5 a FROM t",
                          "SELECT TOP (5) a FROM t", "SELECT a FROM t OFFSET 1 ROWS FETCH NEXT 5 ROWS ONLY"}) {
    EXPECT_EQ(parsed(sql, Dialect::kUnknown), "top t limit") << sql;
  }
  for (const char* sql : {"SELECT a FROM t LIMIT ALL", "SELECT a FROM t LIMIT NULL", "SELECT a FROM t OFFSET 5"}) {
    EXPECT_EQ(parsed(sql), "top t") << sql;
  }
}

TEST(ParseStatement, TellsComparisonsApart) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"a = 1", "a ="},
      {"1 = a", "a ="},
      {"a IN (1,2)", "a in"},
      {"a = ANY($1)", "a in"},
      {"NOT a = ANY($1)", "a not in"},
      {"NOT a <> ALL($1)", "a in"},
      {"NOT (a = 1)", "a <>"},
      {"NOT a < 1", "a range"},
      {"a <> ALL(ARRAY[$1,$2])", "a not in"},
      {"a NOT IN (1,2)", "a not in"},
      {"NOT a IN (1,2)", "a not in"},
      {"a IN (NULL)", "false"},
      {"a < 1", "a range"},
      {"5 >= a", "a range"},
      {"a BETWEEN 1 AND 2 AND b = 3", "(a range & b =)"},
      {"a NOT BETWEEN $1 AND $2", "a range"},
      {"a <> 1", "a <>"},
      {"a != 1", "a <>"},
      {"a IS NULL", "a null"},
      {"NOT a IS NULL", "a not null"},
      {"a IS NOT NULL", "a not null"},
      {"a IS NOT DISTINCT FROM $1", "a ="},
      {"a IS DISTINCT FROM $1", "a <>"},
      {"a @> $1", "a contains"},
      {"a && $1", "a contains"},
      {"a && ARRAY[$1, $2] AND b = 1", "(a contains & b =)"},
      {"a @@ to_tsquery($1)", "a match"},
      {"a ~* 'x'", "a other"},
      {"active", "active ="},
      {"NOT active", "active ="},
      {"active IS TRUE", "active ="},
      {"a = b", "a = b"},
      {"x.a > y.b", "x.a range y.b"},
      {"(a, b) IN ((1,2),(3,4))", "[a, b] in"},
      {"(a, b) > ($1, $2)", "[a, b] range"},
      {"TRUE", "true"},
      {"1=0", "false"},
      {"NOT 1=0", "true"},
  };
  for (const auto& [condition, expected] : cases) {
    EXPECT_EQ(where(condition), expected) << condition;
    EXPECT_EQ(where("(" + condition + ")"), expected) << condition;
  }
}

TEST(ParseStatement, TellsWhereALikeHasItsWildcard) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"a::text LIKE ('%' || $1 || '%')", "a::text like-any"},
      {"a LIKE ($1 || '%')", "a like-prefix"},
      {"a LIKE ('%' || $1)", "a like-any"},
      {"a LIKE $1", "a like-some"},
      {"a LIKE 'abc%'", "a like-prefix"},
      {"a LIKE '%abc'", "a like-any"},
      {"a LIKE '_bc'", "a like-any"},
      {"a LIKE 'abc%' ESCAPE '!' AND b = 1", "(a like-prefix & b =)"},
      {"a LIKE CONCAT('%', ?, '%')", "a like-any"},
      {"a LIKE CONCAT(?, '%')", "a like-prefix"},
      {"a ILIKE ($1 || '%')", "a ilike-prefix"},
      {"a ILIKE '%x%'", "a ilike-any"},
      {"a ILIKE $1", "a ilike-any"},
      {"a NOT LIKE 'abc%'", "a other"},
      {"NOT a ILIKE 'abc%'", "a other"},
  };
  for (const auto& [condition, expected] : cases) {
    EXPECT_EQ(where(condition), expected) << condition;
  }
  // A shape keeps that much of a literal, and no more.
  for (const auto& [pattern, expected] : std::vector<std::pair<std::string, std::string>>{
           {"'abc%'", "a like-prefix"}, {"'%abc'", "a like-any"}, {"'_abc'", "a like-any"}, {"'abc'", "a like-some"}}) {
    const std::string text = shape_of("SELECT a FROM t WHERE a LIKE " + pattern).text;
    EXPECT_EQ(shown(parse_statement(text).blocks.at(0).where), expected) << text;
    EXPECT_EQ(text.find("abc"), std::string::npos);
  }
}

TEST(ParseStatement, KeepsExpressionsAndTheColumnsInThem) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"lower(a) = $1", "{lower(a)} ="},
      {"$1 = lower(t.a)", "{lower(a)} ="},
      {"a + 1 > 2", "{a + ?} range"},
      {"(\"meta\"#>ARRAY[$1]::text[])::jsonb::jsonb = $2", "{meta#>ARRAY[?]} ="},
      {"meta->>'k' = 'v'", "{meta->>?} ="},
      {"JSON_EXTRACT(meta, '$.k') = ?", "{JSON_EXTRACT(meta, ?)} ="},
      {"a::date = $1", "a::date ="},
      {"(a)::text = $1", "a::text ="},
      {"a = CAST($1::text AS \"public\".\"Role\")", "a ="},
      {"CASE WHEN a = 1 THEN 2 ELSE 3 END = 3 AND b = 1", "({CASE WHEN a = ? THEN ? ELSE ? END} = & b =)"},
      {"EXTRACT(YEAR FROM a) = 2024", "{EXTRACT(YEAR FROM a)} ="},
      {"a < now() - INTERVAL '1 day'", "a range"},
      {"a < b - INTERVAL '1 day'", "a range"},
  };
  for (const auto& [condition, expected] : cases) {
    EXPECT_EQ(where(condition), expected) << condition;
  }
  const auto columns = [](const std::string& condition) {
    std::vector<std::string> names;
    const Statement statement = parse_statement("SELECT a FROM t WHERE " + condition);
    for (const ColumnRef& column : statement.blocks.at(0).where.columns) {
      names.push_back(shown(column));
    }
    return join(names, " ");
  };
  EXPECT_EQ(columns("EXTRACT(YEAR FROM a) = 2024"), "a");
  EXPECT_EQ(columns("CAST(lower(a) AS double precision) > b"), "a b");
  EXPECT_EQ(columns("lower(a)::timestamp with time zone > b"), "a b");
  EXPECT_EQ(columns("DATE_ADD(a, INTERVAL 1 DAY) > t.b"), "a t.b");
  EXPECT_EQ(columns("coalesce(t.a, \"u\".\"b\") = (SELECT c FROM x)"), "t.a u.b");
}

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

TEST(ParseStatement, ReadsJoins) {
  EXPECT_EQ(parsed("SELECT 1 FROM a LEFT JOIN b ON (a.x) = (b.y) JOIN c USING (id) WHERE c.z = 1"),
            "top a, left b on a.x = b.y, c on (c.id = a.id) where c.z =");
  EXPECT_EQ(parsed("SELECT 1 FROM a RIGHT OUTER JOIN b ON a.x = LEFT(b.y, 2) FULL JOIN c ON TRUE CROSS JOIN d"),
            "top a, kept b on a.x =, kept c, d");
  EXPECT_EQ(parsed("SELECT 1 FROM (a JOIN b ON a.x = b.x) JOIN c ON c.x = a.x"),
            "top a, b on a.x = b.x, c on c.x = a.x");
  EXPECT_EQ(parsed("SELECT 1 FROM `a` FORCE INDEX (x) INNER JOIN `b` AS `j` ON (`j`.`x` = `a`.`x`) WHERE `a`.`z` = ?",
                   Dialect::kMysql),
            "top a, b j on j.x = a.x where a.z =");
  EXPECT_EQ(parsed("SELECT 1 FROM f(1) AS x(a int, b text) JOIN t ON t.a = x.a WHERE t.z = 1"),
            "top x, t on t.a = x.a where t.z =");
  EXPECT_EQ(parsed("SELECT 1 FROM f(1) AS (a int, b text) WHERE a = 1"), "top  where a =");
  EXPECT_EQ(parsed("SELECT 1 FROM unnest($1) WITH ORDINALITY AS x(a, n) WHERE a = 1"), "top  where a =");
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

TEST(ParseStatement, ReadsLateralJoinsAsPrismaWritesThem) {
  EXPECT_EQ(
      parsed(
          "SELECT \"t0\".\"id\", \"x\".\"__prisma_data__\" AS \"posts\" FROM \"public\".\"User\" AS \"t0\" LEFT JOIN "
          "LATERAL (SELECT COALESCE(JSONB_AGG(\"__prisma_data__\"), '[]') AS \"__prisma_data__\" FROM (SELECT "
          "\"t3\".\"__prisma_data__\" FROM (SELECT JSONB_BUILD_OBJECT('id', \"t2\".\"id\") AS \"__prisma_data__\" FROM "
          "(SELECT \"t1\".* FROM \"public\".\"Post\" AS \"t1\" WHERE \"t0\".\"id\" = \"t1\".\"authorId\" /* root "
          "select "
          "*/) AS \"t2\" /* inner select */) AS \"t3\" /* middle select */) AS \"t4\" /* outer select */) AS \"x\" ON "
          "TRUE WHERE \"t0\".\"id\" = $1 LIMIT $2"),
      "top public.User t0, left #1 x where t0.id = limit / from #2 t4 aggregate / from #3 t3 / from #4 t2 / from "
      "public.Post t1 where t0.id = t1.authorId");
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

TEST(ParseStatement, ValuesAreNoTable) {
  EXPECT_EQ(parsed("SELECT a FROM (VALUES (1),(2)) AS v(a) JOIN t ON t.a = v.a"), "top v, t on t.a = v.a");
  EXPECT_EQ(parsed("SELECT a FROM (VALUES (1, now())) v WHERE a = 1"), "top v where a =");
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

/// Seconds for one statement, understood or not.
double time_of(const std::string& sql) {
  const auto begin = std::chrono::steady_clock::now();
  const Statement statement = parse_statement(sql);
  access_of(statement, postgres());
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

TEST(ParseStatement, TakesLinearTimeWhateverTheStatement) {
  constexpr std::size_t kMegabyte = 1 << 20;
  constexpr double kMost = 2.0;  // some hundredths are usual; what is quadratic takes minutes
  const auto fill = [](const std::string& part) { return repeat(part, kMegabyte / part.size()); };
  EXPECT_LT(time_of("SELECT a FROM t WHERE a = 1" + fill(" AND a = 1")), kMost);
  EXPECT_LT(time_of("SELECT a FROM \"Post\" WHERE a = 1" + repeat(" AND title = $1", 12'000)), kMost);
  EXPECT_LT(time_of("SELECT a FROM \"Post\" WHERE a = 1" + repeat(" OR authorId = $1", 12'000)), kMost);
  for (const char* part : {"(", ")", "f(", "((a), ", "a.", "'", "CASE ", "NOT ", "a IN (SELECT ", "::text",
                           " UNION SELECT 1", "x AS (SELECT 1), ", "[", "\"", "-- \n", "/* */"}) {
    EXPECT_LT(time_of("SELECT a FROM t WHERE " + fill(part)), kMost) << part;
    EXPECT_LT(time_of("SELECT " + fill(part)), kMost) << part;
    EXPECT_LT(time_of("WITH " + fill(part)), kMost) << part;
  }
  EXPECT_LT(time_of("SELECT " + repeat("(", 24'000) + "1" + repeat(")", 24'000)), kMost);
  EXPECT_LT(time_of("SELECT 1 WHERE f" + repeat("(", 24'000) + "1" + repeat(")", 24'000)), kMost);
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
