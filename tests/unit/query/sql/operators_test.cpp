#include "unit/query/sql/statement_testing.h"

namespace budgetcheck {
namespace {

TEST(Operators, OfPostgreSqlAreReadWholeAndAsIfTheColumnStoodLeft) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"title % ?", "title other %"},
      {"(title % ?)", "title other %"},
      {"? <% title", "title other %>"},
      {"title %> ?", "title other %>"},
      {"? <<% title", "title other %>>"},
      {"meta @? ?", "meta other @?"},
      {"meta @> ?::jsonb", "meta contains @> of jsonb"},
      {"? <@ tags", "tags contains @>"},
      {"meta ? ?", "meta other ?"},
      {"meta ?| ARRAY[?, ?]", "meta other ?| of text[]"},
      {"meta @@ ?", "meta match @@"},
      {"to_tsquery(?) @@ tsv", "tsv match @@"},
      {"ip << ?", "ip other <<"},
      {"a ~ ?", "a other ~"},
      {"a !~ ?", "a other"},
      {"NOT a ~ ?", "a other"},
      {"a ~~ '%x'", "a like-any"},
      {"a !~~ '%x'", "a other"},
      {"a SIMILAR TO ?", "a other similar to"},
      {"a IS NOT DISTINCT FROM ?", "a = is not distinct from"},
      {"ST_DWithin(loc, ST_MakePoint(?, ?), ?)", "loc other st_dwithin"},
      {"NOT ST_DWithin(loc, ?, ?)", "loc other"},
      {"a % 10 = 0", "{a % ?} ="},
      {"a <-> ? < 1", "unknown"},
      {"a = ? || ?", "a = of text"},
      {"a = lower(?)", "a = of text"},
      {"a = ?::numeric", "a = of numeric"},
      {"a IN (CAST(?::text AS \"S\"))", "a in of s"},
      {"a = ANY(ARRAY[?, ?])", "a in of text[]"},
      {"a = ANY(?)", "a in"},
      {"active", "active = true"},
      {"NOT active", "active = false"},
      {"active = true", "active = true"},
      {"active <> TRUE", "active = false"},
      {"active IS TRUE", "active = is true"},
      {"interval ? > now() - a", "{now() - a} range"},
  };
  for (const auto& [condition, expected] : cases) {
    EXPECT_EQ(operator_in(condition), expected) << condition;
  }
}

TEST(Operators, OfOtherDatabasesAreArithmetic) {
  EXPECT_EQ(where("a % 10", Dialect::kMysql), "{a % ?} other");
  EXPECT_EQ(where("a <=> ?", Dialect::kMysql), "a =");
  EXPECT_EQ(where("a >> 2 = 1", Dialect::kSqlite), where("a >> 2 = 1", Dialect::kMysql));
}

TEST(Operators, ADistanceIsAnOrder) {
  const auto distance = [](const std::string& order) {
    const Statement statement = parse_statement("SELECT a FROM t ORDER BY " + order + " LIMIT 5", Dialect::kPostgres);
    const OrderTerm& term = statement.blocks.at(0).order.at(0);
    return term.distance + (term.columns.empty() ? "" : " " + shown(term.columns.front()));
  };
  EXPECT_EQ(distance("emb <=> ?"), "<=> emb");
  EXPECT_EQ(distance("t.emb <-> $1::vector"), "<-> t.emb");
  EXPECT_EQ(distance("? <#> emb"), "<#> emb");
  EXPECT_EQ(distance("lower(a)"), " a");
  EXPECT_EQ(distance("a"), "");
}

}  // namespace
}  // namespace budgetcheck
