#include "query/sql/restore_constants.h"

#include <gtest/gtest.h>

#include "query/sql/shape.h"

namespace budgetcheck {
namespace {

TEST(RestoreConstants, OneIsOne) {
  EXPECT_EQ(restore_constants("SELECT a FROM t WHERE $2=$3 OFFSET $1"), "SELECT a FROM t WHERE 1=1 OFFSET $1");
  EXPECT_EQ(restore_constants("SELECT a FROM t WHERE (t.id = $1 AND $4=$5) LIMIT $2 OFFSET $3"),
            "SELECT a FROM t WHERE (t.id = $1 AND 1=1) LIMIT $2 OFFSET $3");
  EXPECT_EQ(restore_constants("SELECT a FROM t WHERE ($1 = $2)"), "SELECT a FROM t WHERE (1 = 1)");
}

TEST(RestoreConstants, ComparisonsThatAreNoWholeConditionStay) {
  for (const char* sql : {
           "SELECT a FROM t WHERE $2=$1",        // constants are numbered in order
           "SELECT a FROM t WHERE $1=$3",        // and without gaps
           "SELECT $1=$2 FROM t",                // no condition
           "SELECT a FROM t WHERE x+$1=$2",      // part of one
           "SELECT a FROM t WHERE $1=$2+x",      //
           "SELECT a FROM t WHERE '$1=$2' = x",  // a text
           "SELECT a FROM t WHERE \"$1=$2\" = x",
           "UPDATE t SET a = $1 WHERE b = $2",
       }) {
    EXPECT_EQ(restore_constants(sql), sql);
  }
}

TEST(RestoreConstants, Wildcards) {
  EXPECT_EQ(restore_constants("SELECT a FROM t WHERE b::text LIKE ($4 || $1 || $5) ORDER BY a LIMIT $2 OFFSET $3"),
            "SELECT a FROM t WHERE b::text LIKE ('%' || $1 || '%') ORDER BY a LIMIT $2 OFFSET $3");
  EXPECT_EQ(restore_constants("SELECT a FROM t WHERE b LIKE ($1 || $3) OFFSET $2"),
            "SELECT a FROM t WHERE b LIKE ($1 || '%') OFFSET $2");
  EXPECT_EQ(restore_constants("SELECT a FROM t WHERE b ILIKE ($3 || $1) OFFSET $2"),
            "SELECT a FROM t WHERE b ILIKE ('%' || $1) OFFSET $2");
}

TEST(RestoreConstants, ATautologyTellsWhichNumbersAreConstants) {
  EXPECT_EQ(restore_constants("DELETE FROM t WHERE ($1=$2 AND b LIKE ($3 || c))"),
            "DELETE FROM t WHERE (1=1 AND b LIKE ($3 || c))");
  EXPECT_EQ(restore_constants("DELETE FROM t WHERE ($2=$3 AND b LIKE ($1 || $4))"),
            "DELETE FROM t WHERE (1=1 AND b LIKE ($1 || '%'))");
  EXPECT_EQ(restore_constants("DELETE FROM t WHERE (a = $1 AND $2=$3 AND b LIKE ($1 || $4))"),
            "DELETE FROM t WHERE (a = $1 AND 1=1 AND b LIKE ($1 || '%'))");
}

TEST(RestoreConstants, WhatIsNotCertainStays) {
  for (const char* sql : {"DELETE FROM t WHERE b LIKE ($1 || $2)", "SELECT a FROM t WHERE b = ($2 || $1)",
                          "SELECT a FROM t WHERE b LIKE $1", "", "$", "LIKE (", "LIKE ($1 ||", "WHERE $1=", "$1=$2",
                          "SELECT a FROM t WHERE $1x=$2x", "SELECT a FROM t, u WHERE $0=$1"}) {
    EXPECT_EQ(restore_constants(sql), sql);
  }
}

/// The same statement as Prisma logs it and as pg_stat_statements holds it.
TEST(RestoreConstants, ShapesOfBothFormsAreEqual) {
  const std::pair<const char*, const char*> kPairs[] = {
      {R"(SELECT "public"."posts"."id" FROM "public"."posts" WHERE 1=1 OFFSET $1)",
       R"(SELECT "public"."posts"."id" FROM "public"."posts" WHERE $2=$3 OFFSET $1)"},
      {R"(SELECT "a"."id" FROM "public"."a" WHERE "a"."t"::text LIKE ('%' || $1 || '%') LIMIT $2 OFFSET $3)",
       R"(SELECT "a"."id" FROM "public"."a" WHERE "a"."t"::text LIKE ($4 || $1 || $5) LIMIT $2 OFFSET $3)"},
      {R"(SELECT "a"."id" FROM "a" WHERE ("a"."t" LIKE ($1 || '%') AND "a"."u" LIKE ('%' || $2)) OFFSET $3)",
       R"(SELECT "a"."id" FROM "a" WHERE ("a"."t" LIKE ($1 || $4) AND "a"."u" LIKE ($5 || $2)) OFFSET $3)"},
  };
  for (const auto& [logged, kept] : kPairs) {
    const Shape expected = shape_of(logged);
    const Shape shape = shape_of(restore_constants(kept), Dialect::kPostgres);
    EXPECT_EQ(shape.key, expected.key) << kept;
    EXPECT_EQ(shape.text, expected.text) << kept;
  }
}

}  // namespace
}  // namespace budgetcheck
