#include "detect/query/unbounded_read.h"

#include <gmock/gmock.h>

#include "unit/detect/query/query_testing.h"

namespace budgetcheck {
namespace {

using ::testing::HasSubstr;

constexpr double kMinRows = 1000;
constexpr const char* kPost = "model Post {\n  id Int @id\n  a Int\n  b Int\n  at DateTime @default(now())\n}\n";

std::vector<Finding> unbounded(const Facts& facts) {
  return findings_of(detect_unbounded_read, facts, query_rule("unbounded-read", Level::kWarning, "min_rows", kMinRows));
}

std::size_t count_of(std::string_view sql, const std::string& provider = "postgresql") {
  FactsOfLog facts(kPost, provider);
  facts.ran(sql);
  return unbounded(facts.facts).size();
}

TEST(UnboundedRead, FiresWithoutConditionAndLimit) {
  FactsOfLog facts(kPost);
  facts.ran("SELECT \"id\" FROM \"public\".\"Post\" WHERE 1=1 ORDER BY \"id\" OFFSET $1");
  facts.size("Post", 20'000);
  const auto found = unbounded(facts.facts);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "every row of 'Post' (20,000 rows) is returned: the statement has no condition and no limit");
  EXPECT_THAT(found[0].fix.text, HasSubstr("page by page"));
  EXPECT_EQ(found[0].level, Level::kWarning);
}

TEST(UnboundedRead, ConditionsLimitsCountsAndWritesAreNone) {
  for (const char* sql :
       {"SELECT id FROM \"Post\" WHERE a = $1", "SELECT id FROM \"Post\" LIMIT $1", "SELECT COUNT(*) FROM \"Post\"",
        "SELECT DISTINCT a FROM \"Post\"", "SELECT a FROM \"Post\" GROUP BY a", "UPDATE \"Post\" SET a = 1",
        "DELETE FROM \"Post\"", "SELECT id FROM \"Post\" WHERE 1=0", "SELECT id FROM \"Post\" FETCH FIRST 5 ROWS ONLY",
        "SELECT COUNT(*) FROM (SELECT id FROM \"Post\" WHERE 1=1 OFFSET $1) AS sub",
        "INSERT INTO \"Post\" SELECT * FROM \"Post\"", "SELECT id FROM \"Post\" AS x y WHERE a = 1"}) {
    EXPECT_EQ(count_of(sql), 0U) << sql;
  }
}

TEST(UnboundedRead, ALimitThatLimitsNothingIsNone) {
  EXPECT_EQ(count_of("SELECT id FROM Post LIMIT -1 OFFSET 5", "sqlite"), 1U);
  EXPECT_EQ(count_of("SELECT id FROM Post LIMIT 18446744073709551615 OFFSET 5", "mysql"), 1U);
  EXPECT_EQ(count_of("SELECT id FROM Post LIMIT 1000000", "mysql"), 0U);
  FactsOfLog facts(kPost, "sqlite");
  const std::uint32_t shape = facts.ran("SELECT id FROM Post LIMIT ? OFFSET ?");
  EXPECT_EQ(unbounded(facts.facts).size(), 0U);
  facts.log().shapes[shape].unlimited = true;  // each execution gave -1
  EXPECT_EQ(unbounded(facts.facts).size(), 1U);
}

TEST(UnboundedRead, WhatStandsBehindACursorIsUnboundedWithoutALimit) {
  const std::string rows = "SELECT id FROM \"Post\" WHERE a <= (SELECT a FROM \"Post\" WHERE id = $1) ORDER BY a DESC";
  FactsOfLog facts("model Post {\n  id Int @id\n  a Int\n  b Int\n  at DateTime @default(now())\n  @@index([a])\n}\n");
  facts.planned(facts.ran(rows + " OFFSET $2"), "Post", PlanAccess::Way::kIndex, 9000);
  facts.ran(rows + " LIMIT $2");
  const auto found = unbounded(facts.facts);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].message, HasSubstr("every row of 'Post' behind the cursor is returned"));
  EXPECT_THAT(found[0].fix.text, HasSubstr("unique column to the order"));
}

TEST(UnboundedRead, TheTablesSizeDecides) {
  for (const auto& [rows, expected] : std::vector<std::pair<double, std::size_t>>{{999, 0}, {1000, 1}, {1001, 1}}) {
    FactsOfLog facts(kPost);
    facts.ran("SELECT id FROM \"Post\"");
    facts.size("Post", rows);
    facts.size("Other", 9000);
    EXPECT_EQ(unbounded(facts.facts).size(), expected) << rows;
  }
}

TEST(UnboundedRead, WithoutASchemaAPlanTells) {
  for (const auto& [sql, expected] :
       std::vector<std::pair<const char*, std::size_t>>{{"SELECT id FROM \"Post\"", 1},
                                                        {"SELECT id FROM \"Post\" LIMIT 5", 0},
                                                        {"SELECT COUNT(*) FROM \"Post\"", 0}}) {
    FactsOfLog facts(kPost);
    facts.log().schema = QueryLog::kNoSchema;
    facts.planned(facts.ran(sql), "Post", PlanAccess::Way::kScan, 5000).filtered = false;
    EXPECT_EQ(unbounded(facts.facts).size(), expected) << sql;
  }
}

TEST(UnboundedRead, AViewOrReferenceDataIsNone) {
  FactsOfLog facts("view Post {\n  id Int @unique\n}\nmodel Kind {\n  id Int @id\n  name String\n}\n");
  facts.ran("SELECT id FROM \"Post\"");
  facts.ran("SELECT id FROM \"Kind\"");
  EXPECT_EQ(unbounded(facts.facts).size(), 0U);
}

}  // namespace
}  // namespace budgetcheck
