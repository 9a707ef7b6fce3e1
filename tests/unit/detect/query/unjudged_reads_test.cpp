#include "detect/query/unjudged_reads.h"

#include <gmock/gmock.h>

#include "unit/detect/query/blog_testing.h"
#include "unit/detect/query/query_testing.h"

namespace budgetcheck {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> notes(const Facts& facts) {
  std::vector<std::string> notes;
  note_unjudged_reads(facts, query_rule("full-scan", Level::kError, "min_rows", 1000), notes);
  return notes;
}

TEST(UnjudgedReads, WhatCannotBeReadToTheEndIsCountedAndNotJudged) {
  FactsOfLog facts(kBlog);
  facts.ran("SELECT id FROM \"Post\" WHERE (\"authorId\" = $1");
  facts.ran("SELECT id FROM \"Post\" WHERE id = $1");
  EXPECT_THAT(notes(facts.facts), ElementsAre(HasSubstr("1 statement could not be fully parsed and was not checked")));
}

TEST(UnjudgedReads, ASchemaOfAnotherDatabaseDoesNotHideTheTables) {
  FactsOfLog facts(kBlog, "mysql");
  facts.ran(R"(SELECT "public"."posts"."id" FROM "public"."Nowhere" WHERE "public"."Nowhere"."a" = $1)");
  EXPECT_THAT(notes(facts.facts), ElementsAre(HasSubstr("The schema does not have 'Nowhere', so")));
}

TEST(UnjudgedReads, TablesThatTheSchemaDoesNotHaveAreNamed) {
  FactsOfLog facts(kBlog);
  facts.ran("SELECT id FROM \"Nowhere\" WHERE a = $1");
  facts.ran("SELECT id FROM (VALUES (1)) AS v(id) JOIN generate_series(1, 2) s ON true");
  EXPECT_THAT(notes(facts.facts), ElementsAre(HasSubstr("The schema does not have 'Nowhere', so")));
}

TEST(UnjudgedReads, AStatementWithoutASchemaIsCountedUnlessTheSchemaItselfIsBroken) {
  FactsOfLog facts(kBlog);
  facts.log().schema = QueryLog::kNoSchema;
  facts.ran(kUsers);
  EXPECT_THAT(notes(facts.facts), ElementsAre(HasSubstr("1 statement was not checked for full scans")));
  facts.facts.inputs.push_back({"schema.prisma", "prisma-schema", 10, InputState::kUnreadable, "", "", {}});
  EXPECT_THAT(notes(facts.facts), IsEmpty());
}

}  // namespace
}  // namespace budgetcheck
