#include "query/sql/shape.h"
#include "unit/query/sql/statement_testing.h"

namespace budgetcheck {
namespace {

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
      {"at = $1", "at ="},
      {"at > $1 AND date = $2", "(at range & date =)"},
      {"t.at < $1 AND time IN ($2)", "(t.at range & time in)"},
      {"timestamp BETWEEN $1 AND $2", "timestamp range"},
      {"zone IS NULL", "zone null"},
      {"made > date '2026-11-23'", "made range"},
      {"made > timestamp with time zone '2026-11-23'", "made range"},
      {"made AT TIME ZONE 'utc' > $1", "{made AT TIME ZONE ?} range"},
      {"date(made) = $1", "{date(made)} ="},
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

}  // namespace
}  // namespace budgetcheck
