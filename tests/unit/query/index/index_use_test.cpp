#include "query/index/index_use.h"

#include "unit/query/sql/statement_testing.h"

namespace budgetcheck {
namespace {

/// One model with the given attributes; `a` is a text, `n` a number.
DatabaseSchema with(const std::string& indexes, const std::string& provider = "postgresql") {
  return schema_of("datasource db {\n  provider = \"" + provider +
                   "\"\n}\nmodel T {\n  id Int @id\n  a String\n  b String\n" + "  n Int\n  m Int\n  doc Json\n" +
                   indexes + "\n}\n");
}

/// What stands in the way of "column comparison".
std::string obstacle(const DatabaseSchema& schema, Comparison comparison, const std::string& column = "a",
                     const std::string& cast = {}) {
  Condition condition;
  condition.kind = Condition::Kind::kCompare;
  condition.comparison = comparison;
  condition.column = {"", column};
  condition.columns = {condition.column};
  condition.cast = cast;
  const IndexVerdict verdict = index_for(table_of(schema, "T"), schema.kind, condition, column);
  return shown(verdict.obstacle) + (verdict.uncertain ? " maybe" : "");
}

TEST(IndexFor, MethodsKnowTheirOperators) {
  using C = Comparison;
  const struct {
    const char* index;
    const char* column;
    std::vector<C> served;
    std::vector<C> not_served;
  } cases[] = {
      {"@@index([a])",
       "a",
       {C::kEqual, C::kIn, C::kRange, C::kIsNull, C::kIsNotNull},
       {C::kLikeAny, C::kContains, C::kMatch}},
      {"@@index([a], type: Hash)", "a", {C::kEqual, C::kIn}, {C::kRange, C::kIsNull, C::kLikePrefix, C::kNotEqual}},
      {"@@index([n], type: Brin)", "n", {C::kEqual, C::kIn, C::kRange, C::kIsNull}, {C::kNotEqual, C::kContains}},
      {"@@index([doc], type: Gin)", "doc", {C::kContains}, {C::kEqual, C::kRange, C::kIsNull, C::kLikeAny}},
      {"@@index([a(ops: raw(\"gin_trgm_ops\"))], type: Gin)",
       "a",
       {C::kEqual, C::kLikePrefix, C::kLikeAny, C::kLikeUnknown, C::kILikePrefix, C::kILikeAny},
       {C::kRange, C::kNotEqual, C::kOther}},
      {"@@index([a(ops: raw(\"text_pattern_ops\"))])",
       "a",
       {C::kEqual, C::kIn, C::kLikePrefix, C::kLikeUnknown},
       {C::kRange, C::kLikeAny, C::kILikePrefix}},
      {"@@index([a], type: SpGist)", "a", {C::kEqual, C::kRange}, {C::kNotEqual, C::kILikeAny}},
  };
  for (const auto& one : cases) {
    const DatabaseSchema schema = with(one.index);
    for (const C comparison : one.served) {
      EXPECT_EQ(obstacle(schema, comparison, one.column), "none") << one.index << " " << static_cast<int>(comparison);
    }
    for (const C comparison : one.not_served) {
      EXPECT_NE(obstacle(schema, comparison, one.column), "none") << one.index << " " << static_cast<int>(comparison);
    }
  }
  EXPECT_EQ(obstacle(with("@@index([a], type: Hash)"), C::kRange), "wrong method");
  EXPECT_EQ(obstacle(with("@@index([a], type: Hash)"), C::kLikeAny), "wildcard") << "an ordinary one would not help";
  EXPECT_EQ(obstacle(with("@@index([a(ops: raw(\"text_pattern_ops\"))])\n@@index([a])"), C::kRange), "none");
  EXPECT_EQ(obstacle(with("@@index([a])"), C::kLikePrefix), "pattern ops");
}

TEST(IndexFor, OnlyTheFirstColumnLeads) {
  EXPECT_EQ(obstacle(with("@@index([n, a])"), Comparison::kEqual), "not leading");
  EXPECT_EQ(obstacle(with("@@index([n, a])", "sqlite"), Comparison::kEqual), "not leading maybe");
  EXPECT_EQ(obstacle(with("@@index([n, m, a])", "sqlite"), Comparison::kEqual), "not leading");
  EXPECT_EQ(obstacle(with("@@index([n, a])\n@@index([a])"), Comparison::kEqual), "none");
  EXPECT_EQ(obstacle(with("@@index([n, a], type: Brin)"), Comparison::kEqual), "none");
  EXPECT_EQ(obstacle(with("@@unique([n, a])"), Comparison::kEqual, "n"), "none");
  EXPECT_EQ(obstacle(with(""), Comparison::kEqual), "no index");
}

TEST(IndexFor, IndexesOfSomeRowsOrOfWordsServeNoComparison) {
  DatabaseSchema partial = with("@@index([a])");
  partial.tables[0].indexes.back().partial = true;
  EXPECT_EQ(obstacle(partial, Comparison::kEqual), "partial");
  const DatabaseSchema words = with("@@fulltext([a, b])", "mysql");
  EXPECT_EQ(obstacle(words, Comparison::kEqual), "no index");
  EXPECT_EQ(accessed(words, "SELECT id FROM T WHERE MATCH (`a`, `b`) AGAINST (? IN BOOLEAN MODE)"), "T served");
  EXPECT_EQ(accessed(words, "SELECT id FROM T WHERE MATCH (a) AGAINST (?)"), "T filter a:no index");
}

TEST(IndexFor, MysqlHasPrefixesAndMakesIndexesForForeignKeys) {
  const DatabaseSchema prefix = with("@@index([a(length: 10)])", "mysql");
  EXPECT_EQ(obstacle(prefix, Comparison::kEqual), "none");
  EXPECT_EQ(obstacle(prefix, Comparison::kLikePrefix), "none");
  EXPECT_EQ(accessed(prefix, "SELECT id FROM T ORDER BY a LIMIT 5"), "T order");
  const auto children = [](const std::string& provider) {
    return schema_of(
        "datasource db {\n  provider = \"" + provider +
        "\"\n}\nmodel A {\n  id Int @id\n  bs B[]\n}\nmodel B {\n  id Int @id\n  aId Int\n  a A @relation(fields: "
        "[aId], references: [id])\n}\n");
  };
  EXPECT_EQ(accessed(children("mysql"), "SELECT id FROM B WHERE aId = ?"), "B served");
  EXPECT_EQ(accessed(children("postgresql"), "SELECT id FROM B WHERE aId = ?"), "B filter aId:no index");
  EXPECT_EQ(accessed(children("sqlite"), "SELECT id FROM B WHERE aId = ?"), "B filter aId:no index");
}

TEST(IndexFor, ACastThatChangesNothingIsNone) {
  const DatabaseSchema schema = schema_of(
      "datasource db {\n  provider = \"postgresql\"\n}\nmodel T {\n  id Int @id\n  a String @unique\n  u String "
      "@unique "
      "@db.Uuid\n  c String @unique @db.Char(3)\n  i String @unique @db.Citext\n  n Int @unique\n}\n");
  const auto with_cast = [&](const char* column, const char* cast) {
    return obstacle(schema, Comparison::kEqual, column, cast);
  };
  EXPECT_EQ(with_cast("a", "text"), "none");
  EXPECT_EQ(with_cast("a", "varchar::text"), "none");
  EXPECT_EQ(with_cast("u", "uuid"), "none");
  for (const auto& [column, cast] : std::vector<std::pair<const char*, const char*>>{
           {"a", "date"}, {"a", "text::date"}, {"u", "text"}, {"c", "text"}, {"i", "text"}, {"n", "text"}}) {
    EXPECT_EQ(with_cast(column, cast), "expression") << column << " " << cast;
  }
  EXPECT_EQ(obstacle(with("@@index([a])", "mysql"), Comparison::kEqual, "a", "text"), "expression");
}

bool gives(const DatabaseSchema& schema, const std::vector<OrderColumn>& order,
           const std::vector<std::string>& equal = {}) {
  return index_gives_order(table_of(schema, "T"), schema.kind, order, equal);
}

TEST(IndexGivesOrder, InEitherDirectionButNotInBoth) {
  for (const std::string provider : {"mysql", "postgresql", "sqlite"}) {
    const bool rest_is_sorted = provider != "mysql";
    const DatabaseSchema schema = with("@@index([a, n])\n@@index([m(sort: Desc), n])", provider);
    EXPECT_TRUE(gives(schema, {}));
    EXPECT_TRUE(gives(schema, {{"a", false}}));
    EXPECT_TRUE(gives(schema, {{"A", true}, {"N", true}}));
    EXPECT_TRUE(gives(schema, {{"m", true}, {"n", false}}));
    EXPECT_TRUE(gives(schema, {{"m", false}, {"n", true}}));
    EXPECT_EQ(gives(schema, {{"a", true}, {"n", false}}), rest_is_sorted) << provider;
    EXPECT_EQ(gives(schema, {{"a", false}, {"b", false}}), rest_is_sorted) << provider;
    EXPECT_FALSE(gives(schema, {{"n", false}}));
    EXPECT_FALSE(gives(schema, {{"n", false}, {"a", false}}));
    EXPECT_TRUE(gives(schema, {{"n", false}}, {"a"})) << "a is the same in all rows";
    EXPECT_TRUE(gives(schema, {{"a", true}, {"n", false}}, {"a"}));
    EXPECT_TRUE(gives(schema, {{"id", false}, {"b", true}})) << "ids do not repeat";
  }
  EXPECT_TRUE(gives(with("@@index([a])", "mysql"), {{"a", false}, {"id", false}}));
  EXPECT_TRUE(gives(with("@@index([a])", "sqlite"), {{"a", false}, {"id", false}}));
}

TEST(IndexGivesOrder, NotWithoutAnOrderOfItsOwn) {
  for (const char* index :
       {"@@index([a], type: Hash)", "@@index([a], type: Brin)", "@@index([a(ops: raw(\"text_pattern_ops\"))])"}) {
    EXPECT_FALSE(gives(with(index), {{"a", false}})) << index;
  }
  EXPECT_FALSE(gives(with("@@fulltext([a])", "mysql"), {{"a", false}}));
}

TEST(ImpliedColumn, IsThePrimaryKeyThatRowsAreKeptBy) {
  const auto implied = [](const std::string& provider, const std::string& id) {
    const DatabaseSchema schema =
        schema_of("datasource db {\n  provider = \"" + provider + "\"\n}\nmodel T {\n  " + id + "\n  x Int\n}\n");
    return implied_column(table_of(schema, "T"), schema.kind);
  };
  EXPECT_EQ(implied("mysql", "id String @id"), "id");
  EXPECT_EQ(implied("sqlite", "id Int @id"), "id");
  EXPECT_EQ(implied("sqlite", "id String @id"), "");
  EXPECT_EQ(implied("postgresql", "id Int @id"), "");
  EXPECT_EQ(implied("mysql", "id Int\n  y Int\n  @@id([id, y])"), "");
}

}  // namespace
}  // namespace budgetcheck
