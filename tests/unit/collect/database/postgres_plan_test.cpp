#include "collect/database/postgres_plan.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace budgetcheck {
namespace {

std::string columns(std::string_view condition) { return join(condition_columns(condition), ","); }

TEST(ConditionColumns, EachComparisonNamesOne) {
  EXPECT_EQ(columns("(author_id = 5)"), "author_id");
  EXPECT_EQ(columns("((\"categoryId\" = 3) AND (price > 8000))"), "categoryId,price");
  EXPECT_EQ(columns("((post_id = 9) AND (created_at >= '2026-01-01 00:00:00'::timestamp without time zone))"),
            "post_id,created_at");
  EXPECT_EQ(columns("(id = ANY ('{1,2}'::integer[]))"), "id");
  EXPECT_EQ(columns("(published_at IS NOT NULL)"), "published_at");
  EXPECT_EQ(columns("(attrs @> '{\"a\": 1}'::jsonb)"), "attrs");
  EXPECT_EQ(columns("(ROW(created_at, id) < ROW('2026-01-01'::date, 5))"), "created_at,id");
  EXPECT_EQ(columns("((name ~>=~ 'a'::text) AND (name ~<~ 'b'::text))"), "name,name");
}

TEST(ConditionColumns, CastsQualifiersAndTheOtherSideAreNone) {
  EXPECT_EQ(columns("((email)::text = 'a'::text)"), "email");
  EXPECT_EQ(columns("(((code)::character varying)::text = $1)"), "code");
  EXPECT_EQ(columns("(p.author_id = u.id)"), "author_id");
  EXPECT_EQ(columns("(\"p\".\"authorId\" = \"u\".\"id\")"), "authorId");
  EXPECT_EQ(columns("(lower((email)::text) = 'x AND y = 1'::text)"), "");
  EXPECT_EQ(columns("((lower(email) = 'x'::text) AND (a = 1))"), "a");
}

TEST(ConditionColumns, AnyBytes) {
  EXPECT_EQ(columns(""), "");
  EXPECT_EQ(columns("((((("), "");
  EXPECT_EQ(columns("a = 'open"), "a");
  EXPECT_EQ(columns("AND AND AND"), "");
}

TEST(ParameterList, OfTheDetail) {
  EXPECT_EQ(parameter_list("$1 = '77', $2 = NULL, $3 = 'it''s \"x\"'"), R"(["77",null,"it''s \"x\""])");
  EXPECT_EQ(parameter_list(""), "");
  EXPECT_EQ(parameter_list("$1"), "");
  EXPECT_EQ(parameter_list("$1 = 5"), "");
  EXPECT_EQ(parameter_list("$1 = '5' and more"), "");
}

}  // namespace
}  // namespace budgetcheck
