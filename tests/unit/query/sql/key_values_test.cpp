#include "query/sql/key_values.h"

#include <gtest/gtest.h>

#include "query/sql/params.h"
#include "query/sql/shape.h"

namespace budgetcheck {
namespace {

/// Whether two executions are about the same rows.
bool same(std::string_view sql, std::string_view one, std::string_view other) {
  const Shape shape = shape_of(sql);
  const ParamHashes first = hash_params(shape, one);
  const ParamHashes second = hash_params(shape, other);
  EXPECT_TRUE(first.known && second.known) << sql;
  return first.keys == second.keys;
}

TEST(KeyValues, OfAnUpdateAreWhatItsConditionCompares) {
  const std::string_view sql =
      R"(UPDATE "public"."Post" SET "title" = $1, "at" = $2 WHERE ("public"."Post"."id" = $3 AND 1=1))";
  EXPECT_TRUE(same(sql, R"(["a","x",7])", R"(["b","y",7])"));
  EXPECT_FALSE(same(sql, R"(["a","x",7])", R"(["a","x",8])"));
}

TEST(KeyValues, AColumnThatIsSetIsNone) {
  const std::string_view sql =
      "UPDATE t SET version = version + 1, state = $1 WHERE id = $2 AND version = $3 AND state = $4";
  EXPECT_TRUE(same(sql, R"(["b",1,5,"a"])", R"(["c",1,6,"b"])"));
  EXPECT_FALSE(same(sql, R"(["b",1,5,"a"])", R"(["b",2,5,"a"])"));
  EXPECT_FALSE(same("DELETE FROM t WHERE id = $1 AND version = $2", "[1,2]", "[1,3]")) << "nothing is set";
}

TEST(KeyValues, OptimisticLocksCompareWhatTheySet) {
  EXPECT_TRUE(shape_of("UPDATE t SET a = $1, version = $2 WHERE (id = $3 AND version = $4)").swaps);
  EXPECT_FALSE(shape_of("UPDATE t SET a = $1, version = version + 1 WHERE id = $2").swaps);
  EXPECT_FALSE(shape_of("DELETE FROM t WHERE id = $1 AND version = $2").swaps);
}

TEST(KeyValues, AllColumnsOfAKeyCount) {
  const std::string_view sql = "UPDATE m SET at = ? WHERE (user_id = ? AND channel_id = ?)";
  EXPECT_FALSE(same(sql, "[1,5,6]", "[1,5,7]"));
  EXPECT_TRUE(same(sql, "[1,5,6]", "[2,5,6]"));
}

TEST(KeyValues, ListsCastsAndCallsAreSeen) {
  EXPECT_FALSE(same("UPDATE t SET a = $1 WHERE id IN ($2,$3)", "[1,2,3]", "[1,2,4]"));
  EXPECT_FALSE(same("UPDATE t SET a = $1 WHERE id = CAST($2::text AS uuid)", R"([1,"a"])", R"([1,"b"])"));
  EXPECT_FALSE(same("UPDATE t SET a = $1 WHERE id = ANY($2)", "[1,[2]]", "[1,[3]]"));
  EXPECT_TRUE(same("UPDATE t SET a = $1 WHERE id NOT IN ($2,$3) AND k = $4", "[1,2,3,9]", "[1,2,4,9]"));
  EXPECT_TRUE(same("UPDATE t SET a = $1 WHERE at < $2 AND k = $3", "[1,2,9]", "[1,3,9]")) << "a range names no row";
}

TEST(KeyValues, OfAnInsertAreTheValuesThatMustBeUnique) {
  const std::string_view upsert =
      R"(INSERT INTO "Tag" ("id","name","color") VALUES ($1,$2,$3) ON CONFLICT ("name") DO UPDATE SET "color" = $4)";
  EXPECT_TRUE(same(upsert, R"(["c1","a","red","red"])", R"(["c2","a","blue","blue"])"));
  EXPECT_FALSE(same(upsert, R"(["c1","a","red","red"])", R"(["c2","b","red","red"])"));
  EXPECT_FALSE(same("INSERT INTO t (a,b) VALUES ($1,$2)", "[1,2]", "[1,3]")) << "each is another row";
  const std::string_view mysql = "INSERT INTO t (a,b) VALUES (?,?) ON DUPLICATE KEY UPDATE b = ?";
  EXPECT_TRUE(same(mysql, "[1,2,2]", "[1,3,3]"));
  EXPECT_FALSE(same(mysql, "[1,2,2]", "[2,2,2]"));
}

TEST(KeyValues, WithoutAnyAllParametersCount) {
  EXPECT_FALSE(same("UPDATE t SET a = $1", "[1]", "[2]"));
  EXPECT_FALSE(shape_of("UPDATE t SET a = $1").keyed);
  EXPECT_TRUE(shape_of("SELECT a FROM t WHERE b = 'x' AND c > $1").keyed) << "a literal is a value too";
  EXPECT_FALSE(shape_of("SELECT a FROM t WHERE 1=1 AND c > $1").keyed);
}

TEST(KeyValues, TheFirstColumnTellsWhatALoopReadsBy) {
  const auto column = [](std::string_view sql) { return shape_of(sql).key_column; };
  EXPECT_EQ(column("SELECT a FROM t WHERE t.o = $1 AND p = $2"), column("SELECT b FROM t WHERE o = $1"));
  EXPECT_NE(column("SELECT a FROM t WHERE p = $1"), column("SELECT a FROM t WHERE o = $1"));
  EXPECT_EQ(column("SELECT a FROM t WHERE p > $1"), 0U);
}

TEST(KeyValues, ClaimsAndSingleRowsAreSeen) {
  EXPECT_TRUE(shape_of("SELECT id FROM j WHERE s = 'q' LIMIT 1 FOR UPDATE SKIP LOCKED").claims);
  EXPECT_FALSE(shape_of("SELECT id FROM j WHERE s = 'q' LIMIT 1 FOR UPDATE").claims);
  const Shape shape = shape_of("SELECT a FROM t WHERE b = $1 LIMIT $2 OFFSET $3");
  EXPECT_TRUE(hash_params(shape, R"([7,"1","0"])").single);
  EXPECT_FALSE(hash_params(shape, R"([7,"10","0"])").single);
}

}  // namespace
}  // namespace budgetcheck
