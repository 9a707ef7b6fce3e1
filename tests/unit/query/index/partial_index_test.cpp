#include "query/index/partial_index.h"

#include "unit/query/sql/statement_testing.h"

namespace budgetcheck {
namespace {

/// "SELECT id FROM T WHERE n = ? …" with @@index([n], where: raw("…")).
std::string with(const std::string& predicate, const std::string& rest, const std::string& provider = "postgresql") {
  const DatabaseSchema schema = schema_of(
      "datasource db {\n  provider = \"" + provider +
      "\"\n}\nmodel T {\n  id Int @id\n  n Int\n  m Int\n  status String\n  active Boolean\n  gone DateTime?\n  at "
      "DateTime\n  @@index([n], where: raw(\"" +
      predicate + "\"))\n}\n");
  return accessed(schema, "SELECT id FROM T WHERE " + rest);
}

TEST(PartialIndex, ServesWhenTheStatementSaysWhatItsConditionSays) {
  const std::vector<std::tuple<std::string, std::string, std::string>> cases{
      {"gone IS NULL", "n = ? AND gone IS NULL", "T served"},
      {"gone IS NULL", "T.n = ? AND (T.gone IS NULL)", "T served"},
      {"gone IS NULL", "n = ?", "T filter n:partial"},
      {"gone IS NULL", "n = ? AND gone IS NOT NULL", "T filter n:partial gone:no index"},
      {"gone IS NULL", "(n = ? OR n > ?) AND gone IS NULL", "T served"},
      {"gone IS NULL", "(n = ? AND gone IS NULL) OR id = ?", "T served"},
      {"gone IS NOT NULL", "n = ? AND gone > ?", "T served"},
      {"gone IS NOT NULL", "n = ? AND gone IN (?)", "T served"},
      {"gone IS NOT NULL", "n = ? AND gone IS NOT DISTINCT FROM ?", "T filter n:partial gone:not distinct"},
      {"n > 10", "n IS NULL", "T filter n:partial"},
      {"active", "n = ? AND active", "T served"},
      {"active", "n = ? AND active = true", "T served"},
      {"active = true", "n = ? AND active", "T served"},
      {"active", "n = ? AND NOT active", "T filter n:partial active:no index"},
      {"active", "n = ? AND active IS TRUE", "T filter n:partial active:no index"},
      {"NOT active", "n = ? AND active = false", "T served"},
      {"gone IS NULL AND active", "n = ? AND active AND gone IS NULL", "T served"},
      {"gone IS NULL AND active", "n = ? AND active", "T filter n:partial active:no index"},
      {"gone IS NULL OR active", "n = ? AND active", "T served"},
      {"gone IS NULL OR active", "n = ? AND (active OR gone IS NULL)", "T served"},
      {"lower(status) = 'x'", "n = ?", "T filter n:partial"},
      {"", "n = ?", "T served if"},
  };
  for (const auto& [predicate, rest, expected] : cases) {
    EXPECT_EQ(with(predicate, rest), expected) << predicate << " | " << rest;
  }
  EXPECT_EQ(with("gone IS NULL", "n = ? AND gone IS NULL", "sqlite"), "T served");
}

TEST(PartialIndex, WhereAConstantIsComparedTheValueDecides) {
  const std::vector<std::tuple<std::string, std::string, std::string>> cases{
      {"status = 'open'", "n = ? AND status = ?", "T served if"},
      {"status = 'open'", "n = ? AND status IN (?)", "T served if"},
      {"status = 'open'", "n = ? AND status > ?", "T filter n:partial status:no index"},
      {"status = 'open'", "n = ? AND status IS NULL", "T filter n:partial status:no index"},
      {"(status)::text = ANY (ARRAY['open'::text, 'new'::text])", "n = ? AND status = ?", "T served if"},
      {"status = 'open'::state", "n = ? AND status = CAST(? AS state)", "T served if"},
      {"status <> 'done'", "n = ? AND NOT status = ?", "T served if"},
      {"status <> 'done'", "n = ? AND status = ?", "T served if"},
      {"status <> 'done'", "n = ? AND status NOT IN (?)", "T served if"},
      {"active = true", "n = ? AND active = ?", "T served if"},
      {"m > 5", "n = ? AND m = ?", "T served if"},
      {"m > 5", "n = ? AND m > ?", "T served if"},
      {"m > 5", "n = ? AND m <> ?", "T filter n:partial m:not equal"},
      {"lower(status) = 'open'", "n = ? AND lower(status) = ?", "T served if"},
      // All of it may be read for what it is about.
      {"status = 'open'", "status = ?", "T served if"},
      {"status = 'open'", "status = ? AND m = ?", "T served if"},
      {"active = true", "active = true", "T filter active:no index"},
  };
  for (const auto& [predicate, rest, expected] : cases) {
    EXPECT_EQ(with(predicate, rest), expected) << predicate << " | " << rest;
  }
}

TEST(PartialIndex, OfAJoinedOrInnerTableIsComparedWithItsOwnConditions) {
  const DatabaseSchema schema = schema_of(
      "datasource db {\n  provider = \"postgresql\"\n}\nmodel A {\n  id Int @id\n  code Int @unique\n}\nmodel B {\n  "
      "id Int "
      "@id\n  aId Int\n  gone DateTime?\n  @@index([aId], where: { gone: null })\n}\n");
  const std::string live = "b.\"aId\" = a.id AND b.gone IS NULL";
  EXPECT_EQ(accessed(schema, "SELECT 1 FROM \"A\" a JOIN \"B\" b ON " + live + " WHERE a.code = ?"),
            "a served / b served");
  EXPECT_EQ(accessed(schema, "SELECT 1 FROM \"A\" a JOIN \"B\" b ON b.\"aId\" = a.id WHERE a.code = ?"),
            "a served / b join aId:partial");
  EXPECT_EQ(
      accessed(schema, "SELECT 1 FROM \"A\" a WHERE a.code = ? AND EXISTS (SELECT 1 FROM \"B\" b WHERE " + live + ")"),
      "a served / b served inside");
  EXPECT_EQ(accessed(schema, "SELECT 1 FROM \"A\" a LEFT JOIN \"B\" b ON " + live + " WHERE a.code = ?"),
            "a served / b served");
}

TEST(PartialIndex, GivesTheOrderOfItsRows) {
  EXPECT_EQ(with("gone IS NULL", "gone IS NULL ORDER BY n LIMIT 5"), "T bounded");
  EXPECT_EQ(with("gone IS NULL", "1=1 ORDER BY n LIMIT 5"), "T order");
  EXPECT_EQ(with("status = 'open'", "status = ? ORDER BY n LIMIT 5"), "T served if");
}

TEST(ExpressionIndex, ServesTheSameExpression) {
  const auto expression = [](const std::string& index, const std::string& rest) {
    const DatabaseSchema schema = schema_of(
        "datasource db {\n  provider = \"postgresql\"\n}\nmodel T {\n  id Int @id\n  email String\n  made DateTime\n  "
        "meta Json\n  @@index(" +
        index + ")\n}\n");
    return accessed(schema, "SELECT id FROM \"T\" WHERE " + rest);
  };
  EXPECT_EQ(expression("expression: \"lower(email)\"", "lower(email) = lower($1)"), "T served");
  EXPECT_EQ(expression("expression: \"lower((email)::text)\"", "lower(\"T\".\"email\") IN ($1, $2)"), "T served");
  EXPECT_EQ(expression("expression: \"lower(email)\"", "upper(email) = $1"), "T filter {upper(email)}:expression");
  EXPECT_EQ(expression("expression: \"lower(email)\"", "email = $1"), "T filter email:no index");
  EXPECT_EQ(expression("expression: \"id, lower(email)\"", "lower(email) = $1"), "T filter {lower(email)}:expression");
  EXPECT_EQ(expression("expression: \"(made::date)\"", "made::date = $1"), "T served");
  EXPECT_EQ(expression("expression: \"meta->>'kind'\"", "meta->>'kind' = $1"), "T served if");
  EXPECT_EQ(expression("expression: \"to_tsvector('english', email)\", type: \"gin\"",
                       "to_tsvector('english', email) @@ plainto_tsquery($1)"),
            "T served if");
  EXPECT_EQ(expression("expression: \"lower(email)\", where: \"made is not null\"", "lower(email) = $1"),
            "T filter {lower(email)}:partial");
}

}  // namespace
}  // namespace budgetcheck
