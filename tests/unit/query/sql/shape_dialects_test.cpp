#include <gtest/gtest.h>

#include "query/sql/shape.h"

namespace budgetcheck {
namespace {

/// Text, first table and number of placeholders.
std::string seen(std::string_view sql, Dialect dialect = Dialect::kUnknown) {
  const Shape shape = shape_of(sql, dialect);
  return shape.text + " | " + shape.table + " | " + std::to_string(shape.placeholders);
}

TEST(ShapeDialects, SqlServer) {
  for (const Dialect dialect : {Dialect::kUnknown, Dialect::kSqlServer}) {
    EXPECT_EQ(
        seen("SELECT [shop].[dbo].[User].[id] FROM [shop].[dbo].[User] WHERE ([shop].[dbo].[User].[id] = @P1 AND 1=1) "
             "ORDER BY 1 OFFSET @P2 ROWS FETCH NEXT @P3 ROWS ONLY",
             dialect),
        "SELECT [shop].[dbo].[User].[id] FROM [shop].[dbo].[User] WHERE ([shop].[dbo].[User].[id] = ? AND 1=1) ORDER "
        "BY ? OFFSET ? ROWS FETCH NEXT ? ROWS ONLY | User | 3");
    EXPECT_EQ(seen("INSERT INTO [dbo].[User] ([name]) OUTPUT [Inserted].[id] VALUES (@P1), (@P2)", dialect),
              "INSERT INTO [dbo].[User] ([name]) OUTPUT [Inserted].[id] VALUES (?) | User | 2");
  }
  EXPECT_EQ(shape_of("SELECT a FROM [dbo].[User] WHERE id IN (@P1,@P2)").key,
            shape_of("SELECT a FROM [dbo].[User] WHERE id IN (@P1,@P2,@P3)").key);
}

TEST(ShapeDialects, Cockroach) {
  EXPECT_EQ(
      seen(
          R"(SELECT "public"."x"."id" FROM "public"."x" WHERE ("public"."x"."id" = $1:::INT8 AND 1=1) LIMIT $2:::INT8)",
          Dialect::kPostgres),
      R"(SELECT "public"."x"."id" FROM "public"."x" WHERE ("public"."x"."id" = ?:::INT8 AND 1=1) LIMIT ?:::INT8 | x | 2)");
  EXPECT_EQ(seen("SELECT a FROM x WHERE b = 'secret':::STRING AND c = 7:::INT8", Dialect::kPostgres),
            "SELECT a FROM x WHERE b = ?:::STRING AND c = ?:::INT8 | x | 0");
}

TEST(ShapeDialects, MysqlAndSqlite) {
  EXPECT_EQ(
      seen("SELECT `shop`.`User`.`id` FROM `shop`.`User` WHERE (`shop`.`User`.`id` = ? AND 1=1) LIMIT ? OFFSET ?"),
      "SELECT `shop`.`User`.`id` FROM `shop`.`User` WHERE (`shop`.`User`.`id` = ? AND 1=1) LIMIT ? OFFSET ? | User | "
      "3");
  EXPECT_EQ(seen("SELECT `main`.`T`.`id` FROM `main`.`T` WHERE 1=1 LIMIT -1 OFFSET ?", Dialect::kSqlite),
            "SELECT `main`.`T`.`id` FROM `main`.`T` WHERE 1=1 LIMIT ? OFFSET ? | T | 1");
  EXPECT_EQ(shape_of("-- Implicit \"COMMIT\" query via underlying driver").kind, Shape::Kind::kControl);
}

/// PostgreSQL makes a numeric of the column that such a literal is compared with, so its index does not serve.
TEST(ShapeDialects, ALiteralWithAFractionKeepsItsTypeWhereItIsCompared) {
  const auto text = [](std::string_view sql, Dialect dialect = Dialect::kPostgres) {
    const Shape shape = shape_of(sql, dialect);
    EXPECT_EQ(shape_of(shape.text, dialect).key, shape.key) << sql;
    EXPECT_EQ(shape_of(shape.text, dialect).text, shape.text) << sql;
    return shape.text;
  };
  EXPECT_EQ(text("SELECT a FROM t WHERE b = 5.0 AND c = 5"), "SELECT a FROM t WHERE b = ?::numeric AND c = ?");
  EXPECT_EQ(text("SELECT a FROM t WHERE b BETWEEN 1.5 AND 2.5"), "SELECT a FROM t WHERE b BETWEEN ?::numeric AND ?");
  EXPECT_EQ(text("UPDATE t SET a = 5.5, b = 1.5 WHERE c >= 1.5"), "UPDATE t SET a = ?, b = ? WHERE c >= ?::numeric");
  EXPECT_EQ(text("INSERT INTO t VALUES (5.5)"), "INSERT INTO t VALUES (?)");
  EXPECT_EQ(text("SELECT a FROM t WHERE b = 5.0", Dialect::kMysql), "SELECT a FROM t WHERE b = ?");
  EXPECT_NE(shape_of("SELECT a FROM t WHERE b = 5.0", Dialect::kPostgres).key,
            shape_of("SELECT a FROM t WHERE b = 5", Dialect::kPostgres).key);
}

}  // namespace
}  // namespace budgetcheck
