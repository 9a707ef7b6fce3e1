#include "query/index/index_words.h"

#include "unit/query/sql/statement_testing.h"

namespace budgetcheck {
namespace {

TEST(Advice, SaysWhyAndWhatToDoForEachObstacle) {
  const auto told = [](const DatabaseSchema& schema, const std::string& condition) {
    const StatementAccess access =
        access_of(parse_statement("SELECT id FROM Post WHERE " + condition, dialect_of(schema.kind)), schema);
    const TableAccess& table = access.tables.at(0);
    const Unserved& part = table.unserved.at(0);
    return reason_for(part, *table.table, schema.kind) + " -> " + advice_for(part, *table.table, schema.kind);
  };
  const std::vector<std::tuple<const DatabaseSchema*, std::string, std::string, std::string>> cases{
      {&postgres(), "authorId = ?", "no index begins with 'authorId'", "Combine"},
      {&postgres(), "views = ?", "'views' is not the first of the index [createdAt, views]", "Combine"},
      {&postgres(), "body LIKE '%x'", "LIKE '%…' on 'body' begins with a wildcard", "gin_trgm_ops"},
      {&mysql(), "body LIKE '%x'", "begins with a wildcard", "full-text index on 'body'"},
      {&sqlite(), "body LIKE '%x'", "begins with a wildcard", "FTS5"},
      {&postgres(), "body ILIKE 'x%'", "ILIKE on 'body' ignores case", "gin_trgm_ops"},
      {&sqlite(), "title LIKE 'x%'", "SQLite's LIKE on 'title' ignores case", "FTS5"},
      {&postgres(), "title LIKE 'x%'", "the index on 'title' is sorted by language", "text_pattern_ops"},
      {&postgres(), "body LIKE 'x%'", "no index begins with 'body'", "text_pattern_ops"},
      {&postgres(), "title <> ?", "<> and NOT IN on 'title' exclude few rows", "Name the wanted values"},
      {&postgres(), "lower(title) = ?", "no column index covers 'lower(title)'", "((lower(title)))"},
      {&postgres(), "title > body", "no column index covers 'title > body'", "((title > body))"},
      {&postgres(), "title::date = ?", "a cast stands on 'title'", "((title::date))"},
      {&postgres(), "meta->>'k' = ?", "no column index covers 'meta->>?'", "out of the JSON"},
      {&postgres(), "title ~ ?", "this comparison on 'title' must look at every row", "gin_trgm_ops"},
      {&postgres(), "published = ?", "no index begins with 'published'", "A Boolean splits the rows in two"},
  };
  for (const auto& [schema, condition, reason, advice] : cases) {
    const std::string text = told(*schema, condition);
    EXPECT_NE(text.find(reason), std::string::npos) << condition << ": " << text;
    EXPECT_NE(text.find(advice, text.find(" -> ")), std::string::npos) << condition << ": " << text;
  }
}

TEST(Advice, SaysWhatToWriteWhereACastOrAFunctionHidesTheIndex) {
  const DatabaseSchema schema = schema_of(R"(datasource db {
  provider = "postgresql"
}
model T {
  id    Int      @id
  mail  String   @unique @db.Citext
  owner String   @unique @db.Uuid
  made  DateTime @unique
  tags  String[]
  meta  Json
  @@index([tags], type: Gin)
  @@index([id], where: { mail: "x" }, map: "some")
})");
  const auto told = [&](const std::string& condition) {
    const StatementAccess access =
        access_of(parse_statement("SELECT id FROM \"T\" WHERE " + condition, Dialect::kPostgres), schema);
    return advice_for(access.tables.at(0).unserved.at(0), *access.tables.at(0).table, schema.kind);
  };
  const std::vector<std::pair<std::string, std::string>> cases{
      {"date(made) = $1", "made >= the first moment wanted"},
      {"made::date = $1", "made >= the first moment wanted"},
      {"made AT TIME ZONE 'UTC' > $1", "Convert the value and not the column"},
      {"owner::text = $1", "owner = $1::uuid"},
      {"mail = lower($1)", "mail = (…)::citext"},
      {"lower(mail) = $1", "compare it bare"},
      {"mail ILIKE $1", "compare it with =, without mode"},
      {"mail::text LIKE '%x'", "which a cast to text does not hide"},
      {"mail LIKE 'x%'", "mail::text LIKE"},
      {"id = $1::numeric", "id = (…)::int"},
      {"owner IS NOT DISTINCT FROM $1", "owner IS NULL where it is"},
      {"$1 = ANY(tags)", "tags @> ARRAY[$1]"},
      {"meta @? $1", "@@index([meta], type: Gin)"},
  };
  for (const auto& [condition, advice] : cases) {
    EXPECT_NE(told(condition).find(advice), std::string::npos) << condition << ": " << told(condition);
  }
}

TEST(LineFor, HasANameWhereTheColumnHasAnIndexOfPrismasName) {
  Unserved unserved{"title", {}, Comparison::kLikeAny, Obstacle::kWildcardFirst, nullptr};
  EXPECT_EQ(line_for(unserved, *postgres().model("Post"), DatabaseKind::kPostgres),
            "@@index([title(ops: raw(\"gin_trgm_ops\"))], type: Gin, map: \"Post_title_gin_trgm_idx\")");
  unserved.column = "body";
  EXPECT_EQ(line_for(unserved, *postgres().model("Post"), DatabaseKind::kPostgres),
            "@@index([body(ops: raw(\"gin_trgm_ops\"))], type: Gin)");
  unserved.obstacle = Obstacle::kPatternOps;
  EXPECT_EQ(line_for(unserved, *postgres().model("Post"), DatabaseKind::kPostgres),
            "@@index([body(ops: raw(\"text_pattern_ops\"))])");
}

}  // namespace
}  // namespace budgetcheck
