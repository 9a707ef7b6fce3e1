#include "detect/query/full_scan.h"

#include <gmock/gmock.h>

#include "detect/query/unjudged_reads.h"
#include "unit/detect/query/query_testing.h"

namespace budgetcheck {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Way = PlanAccess::Way;

constexpr double kMinRows = 1000;
constexpr const char* kPost = R"(
model Post {
  id        Int      @id
  title     String
  authorId  Int      @map("author_id")
  views     Int
  published Boolean
  createdAt DateTime @default(now())
  @@index([title])
}
)";

std::vector<Finding> scans(const Facts& facts, Level level = Level::kError) {
  return findings_of(detect_full_scan, facts, query_rule("full-scan", level, "min_rows", kMinRows));
}
std::vector<std::string> notes(const Facts& facts) {
  std::vector<std::string> notes;
  note_unjudged_reads(facts, query_rule("full-scan", Level::kError, "min_rows", kMinRows), notes);
  return notes;
}

/// Findings of one statement on Post.
std::vector<Finding> scans_of(std::string_view sql, const std::string& provider = "postgresql") {
  FactsOfLog facts(kPost, provider);
  facts.ran(sql);
  return scans(facts.facts);
}

TEST(FullScan, NamesTheTableTheColumnTheReasonAndTheIndex) {
  FactsOfLog facts(kPost);
  facts.ran("SELECT id FROM \"Post\" WHERE author_id = $1", 12);
  const auto found = scans(facts.facts);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].subject, "Post");
  EXPECT_EQ(found[0].message, "Full scan of 'Post' to find rows by 'authorId': no index begins with 'authorId'");
  EXPECT_EQ(found[0].fix.text, "Add @@index([authorId]) to model Post.");
  EXPECT_THAT(found[0].fix.index, ElementsAre("authorId"));
  EXPECT_EQ(found[0].fix.model, "Post");
  EXPECT_EQ(found[0].evidence.count, 12U);
  EXPECT_EQ(found[0].location.file, "s.prisma");
  EXPECT_EQ(found[0].level, Level::kWarning) << "the size is not known";
  EXPECT_THAT(detail(found[0], "confidence"), HasSubstr("--table-rows"));
}

TEST(FullScan, WhatAnIndexServesIsNone) {
  for (const char* sql :
       {"SELECT a FROM \"Post\" WHERE id = $1", "SELECT a FROM \"Post\" WHERE title = $1 AND views = 2",
        "SELECT a FROM \"Post\"", "SELECT COUNT(*) FROM \"Post\"", "SELECT a FROM \"Post\" LIMIT 5",
        "SELECT a FROM \"Post\" WHERE $1 IS NULL OR author_id = $1", "INSERT INTO \"Post\" VALUES ($1)",
        "SELECT a FROM \"Nowhere\" WHERE author_id = $1", "SELECT a FROM \"Post\" WHERE (author_id = $1"}) {
    EXPECT_THAT(scans_of(sql), IsEmpty()) << sql;
  }
}

TEST(FullScan, SaysForEachWayWhatIsRead) {
  const auto message = [](std::string_view sql) {
    const auto found = scans_of(sql);
    return found.size() == 1 ? found[0].message + " -> " + found[0].fix.text : std::to_string(found.size());
  };
  EXPECT_EQ(
      message("SELECT id FROM \"Post\" ORDER BY views DESC LIMIT 5"),
      "Full scan of 'Post': all of it is read and sorted for the first rows, no index has the order by 'views' -> Add "
      "@@index([views]) to model Post.");
  EXPECT_THAT(
      message("SELECT id FROM \"Post\" WHERE author_id = $1 ORDER BY id LIMIT 5"),
      HasSubstr("'Post' is read in the order of 'id' until enough rows match 'authorId', all of it when few do"));
  EXPECT_THAT(message("SELECT a.id FROM \"Post\" a JOIN \"Post\" b ON b.views = a.id WHERE a.id = $1"),
              HasSubstr("Full scan of 'Post' to join it by 'views'"));
  EXPECT_THAT(message("SELECT id FROM \"Post\" WHERE author_id = $1 OR views = $2"),
              HasSubstr("by 'authorId' or 'views'"));
  EXPECT_THAT(message("SELECT id FROM \"Post\" WHERE title LIKE '%x'"), HasSubstr("gin_trgm_ops"));
}

TEST(FullScan, AnOrWithASubqueryClaimsNoCapturedPlan) {
  const auto found =
      scans_of("SELECT id FROM \"Post\" p WHERE p.id = $1 OR EXISTS (SELECT 1 FROM \"Post\" q WHERE q.id = p.views)");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].message, Not(HasSubstr("captured plan")));
  EXPECT_THAT(found[0].message, HasSubstr("OR"));
  EXPECT_THAT(found[0].fix.text, Not(IsEmpty()));
}

TEST(FullScan, TheTablesSizeDecides) {
  const auto with_rows = [](double rows) {
    FactsOfLog facts(kPost);
    facts.ran("SELECT id FROM \"Post\" WHERE author_id = $1");
    facts.size("post", rows);
    facts.size("Other", 5'000'000);  // a database with real data
    return scans(facts.facts);
  };
  EXPECT_THAT(with_rows(999), IsEmpty());
  ASSERT_EQ(with_rows(1000).size(), 1U);
  EXPECT_EQ(with_rows(1000)[0].level, Level::kError);
  EXPECT_THAT(with_rows(1'234'567)[0].message, HasSubstr("'Post' (1,234,567 rows)"));
  EXPECT_EQ(detail(with_rows(1000)[0], "table size from"), "table statistics");
  EXPECT_EQ(with_rows(1000)[0].key, with_rows(2000)[0].key) << "a key without measured values";
}

TEST(FullScan, SizesOfATestDatabaseAreNotBelieved) {
  const auto with_most = [](double most) {
    FactsOfLog facts(kPost);
    facts.ran("SELECT id FROM \"Post\" WHERE author_id = $1");
    facts.size("Post", 3);
    facts.size("Other", most);
    return facts.facts;
  };
  ASSERT_EQ(scans(with_most(999)).size(), 1U);
  EXPECT_EQ(scans(with_most(999))[0].level, Level::kWarning);
  EXPECT_THAT(notes(with_most(999)), ElementsAre(HasSubstr("those of a test database")));
  EXPECT_THAT(scans(with_most(1000)), IsEmpty());
  EXPECT_THAT(notes(with_most(1000)), IsEmpty());
}

TEST(FullScan, APlanOfRealDataCountsMoreThanTheSchema) {
  const auto planned = [](Way way, double rows, std::string_view sql = "SELECT id FROM \"Post\" WHERE author_id = $1") {
    FactsOfLog facts(kPost);
    facts.planned(facts.ran(sql), "Post", way, rows);
    facts.planned(facts.ran("SELECT 1 FROM \"Other\""), "Other", Way::kScan, 50'000);
    facts.log().plans.back().accesses.back().filtered = false;
    return scans(facts.facts);
  };
  ASSERT_EQ(planned(Way::kScan, 1000).size(), 1U);
  EXPECT_EQ(planned(Way::kScan, 1000)[0].level, Level::kError);
  EXPECT_EQ(detail(planned(Way::kScan, 1000)[0], "captured plan"), "1,000 rows read");
  EXPECT_THAT(planned(Way::kScan, 999), IsEmpty()) << "small, where other tables are big";
  EXPECT_THAT(planned(Way::kIndex, 3), IsEmpty()) << "an index that the schema does not show";
  // What the text alone does not tell, the plan does.
  EXPECT_EQ(planned(Way::kScan, 5000, "SELECT id FROM \"Post\" WHERE $1 IS NULL OR author_id = $1").size(), 1U);
}

TEST(FullScan, APlanOfATinyDatabaseSaysNothing) {
  for (const Way way : {Way::kScan, Way::kIndex}) {
    FactsOfLog facts(kPost);
    facts.planned(facts.ran("SELECT id FROM \"Post\" WHERE author_id = $1"), "Post", way, 20);
    const auto found = scans(facts.facts);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].evidence.details.empty(), false);
  }
}

TEST(FullScan, AnIndexFromItsSecondColumnIsReadWhole) {
  const auto planned = [](const std::string& column) {
    FactsOfLog facts("model T {\n  id Int @id\n  a Int\n  b Int\n  c Int\n  d Int\n  @@index([a, b])\n}\n");
    PlanAccess& step = facts.planned(facts.ran("SELECT id FROM \"T\" WHERE b = $1"), "T", Way::kIndex, 9000);
    step.index = "T_a_b_idx";
    step.condition_columns = {column};
    return scans(facts.facts);
  };
  EXPECT_EQ(planned("b").size(), 1U);
  EXPECT_THAT(planned("a"), IsEmpty());
}

TEST(FullScan, WithoutASchemaOnlyAPlanSpeaks) {
  FactsOfLog facts(kPost);
  facts.log().schema = QueryLog::kNoSchema;
  const std::uint32_t filter = facts.ran("SELECT id FROM \"Post\" WHERE author_id = $1");
  facts.ran("SELECT id FROM \"User\" WHERE name = $1");
  facts.planned(filter, "Post", Way::kScan, 4000);
  const auto found = scans(facts.facts);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].message,
            "Full scan of 'Post' (4,000 rows): every row was read to find some of them, as a captured plan shows");
  EXPECT_THAT(notes(facts.facts), ElementsAre(HasSubstr("1 statement was not checked for full scans")));
}

TEST(FullScan, APlanAloneSaysNothingWhereMostRowsAreWanted) {
  const auto returned = [](double rows) {
    FactsOfLog facts(kPost);
    facts.log().schema = QueryLog::kNoSchema;
    facts.planned(facts.ran("SELECT id FROM \"Post\" WHERE published"), "Post", Way::kScan, 4000).rows_returned = rows;
    return scans(facts.facts).size();
  };
  EXPECT_EQ(returned(2000), 1U);
  EXPECT_EQ(returned(2001), 0U);
}

TEST(FullScan, ReferenceDataOfUnknownSizeIsLeftOut) {
  const auto model = [](const std::string& fields) {
    return "model Country {\n  id Int @id\n" + fields +
           "}\nmodel City {\n  id Int @id\n  name String\n  cs Country[]\n}\n";
  };
  const auto judged = [&](const std::string& fields, double rows = -1) {
    FactsOfLog facts(model(fields));
    facts.ran("SELECT id FROM \"Country\" WHERE name = $1");
    if (rows >= 0) {
      facts.size("Country", rows);
    }
    return facts.facts;
  };
  const std::string city = "  cityId Int\n  city City @relation(fields: [cityId], references: [id])\n";
  const std::string no_city = "  city City[]\n";
  const Facts small = [&] {
    FactsOfLog facts("model Country {\n  id Int @id\n  name String\n  code String\n}\n");
    facts.ran("SELECT id FROM \"Country\" WHERE name = $1");
    return facts.facts;
  }();
  EXPECT_THAT(scans(small), IsEmpty());
  EXPECT_THAT(notes(small), ElementsAre(HasSubstr("'Country', which looks like small reference data")));
  EXPECT_EQ(scans(judged("  name String\n" + city)).size(), 1U) << "belongs to another";
  const auto of = [](const std::string& fields, double rows = -1) {
    FactsOfLog facts("model Country {\n  id Int @id\n" + fields + "}\n");
    facts.ran("SELECT id FROM \"Country\" WHERE name = $1");
    if (rows >= 0) {
      facts.size("Country", rows);
    }
    return scans(facts.facts).size();
  };
  EXPECT_EQ(of("  name String\n  code String\n  more Int\n"), 1U) << "four columns";
  EXPECT_EQ(of("  name String\n  at DateTime @default(now())\n"), 1U) << "its rows are dated";
  EXPECT_EQ(
      of("  name String\n  parentId Int?\n  parent Country? @relation(\"t\", fields: [parentId], references: [id])\n"
         "  children Country[] @relation(\"t\")\n"),
      0U)
      << "a tree belongs to itself";
  EXPECT_EQ(of("  name String\n", 50'000), 1U) << "known to be big";
}

TEST(FullScan, OneIndexServesSeveralStatements) {
  FactsOfLog facts(kPost);
  facts.ran("SELECT id FROM \"Post\" WHERE author_id = $1");
  facts.ran("SELECT id FROM \"Post\" WHERE author_id = $1 AND views > $2");
  const auto found = scans(facts.facts);
  ASSERT_EQ(found.size(), 2U);
  for (const Finding& finding : found) {
    EXPECT_THAT(finding.fix.text, HasSubstr("Add @@index([authorId, views]) to model Post"));
  }
  EXPECT_THAT(found[0].fix.text, HasSubstr("it serves other statements of this log as well"));
  EXPECT_THAT(found[1].fix.text, Not(HasSubstr("as well")));
}

TEST(FullScan, OneFindingForAShapeInSeveralLogs) {
  FactsOfLog facts(kPost);
  facts.ran("SELECT id FROM \"Post\" WHERE author_id = $1", 3);
  facts.facts.queries.logs.push_back(facts.log());
  const auto found = scans(facts.facts);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].evidence.count, 6U);
}

TEST(FullScan, SqliteMaySkipThroughAnIndex) {
  FactsOfLog facts("model T {\n  id Int @id\n  a Int\n  b Int\n  c Int\n  @@index([a, b])\n}\n", "sqlite");
  facts.ran("SELECT id FROM T WHERE b = ?");
  facts.size("T", 50'000);
  const auto found = scans(facts.facts);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Level::kWarning);
  EXPECT_THAT(detail(found[0], "confidence"), HasSubstr("SQLite may skip"));
}

TEST(FullScan, APlanComesBeforeTheSchema) {
  const auto planned = [](double returned, double rows = 80'000,
                          std::string_view sql = "SELECT id FROM \"Post\" WHERE title = $1") {
    FactsOfLog facts(kPost);
    facts.planned(facts.ran(sql), "Post", Way::kScan, rows).rows_returned = returned;
    return facts.facts;
  };
  const auto found = scans(planned(4));
  ASSERT_EQ(found.size(), 1U) << "the index on title may not have been made";
  EXPECT_EQ(
      found[0].message,
      "Full scan of 'Post' (80,000 rows): a captured plan reads every row, though by the schema an index serves the "
      "statement");
  EXPECT_THAT(found[0].fix.text, HasSubstr("has run in this database"));
  EXPECT_EQ(found[0].level, Level::kError);
  // Where many of the rows are wanted, reading all of them is what a planner chooses.
  EXPECT_EQ(scans(planned(790)).size(), 1U);
  EXPECT_THAT(scans(planned(800)), IsEmpty());
  EXPECT_THAT(notes(planned(800)), ElementsAre(HasSubstr("so this is the planner's choice and not reported")));
  EXPECT_THAT(scans(planned(4, 5'000)), IsEmpty()) << "a small table is read as quickly";
  const auto both = scans(planned(4, 80'000, "SELECT id FROM \"Post\" WHERE title = $1 AND views = $2"));
  ASSERT_EQ(both.size(), 1U);
  EXPECT_EQ(both[0].level, Level::kWarning) << "title alone may find many";
  EXPECT_THAT(both[0].fix.text, HasSubstr("@@index([title, views])"));
}

TEST(FullScan, APlanComesBeforeStatistics) {
  FactsOfLog facts(kPost);
  facts.planned(facts.ran("SELECT id FROM \"Post\" WHERE author_id = $1"), "Post", Way::kScan, 80'000);
  facts.size("Post", 12);
  facts.size("Other", 5'000);
  ASSERT_EQ(scans(facts.facts).size(), 1U);
  EXPECT_THAT(scans(facts.facts)[0].message, HasSubstr("'Post' (80,000 rows)"));
}

TEST(FullScan, HowFarAnEarlyStopReadsOnlyAPlanShows) {
  for (const char* sql : {"SELECT id FROM \"Post\" WHERE author_id = $1 LIMIT 1",
                          "SELECT EXISTS(SELECT 1 FROM \"Post\" WHERE author_id = 5)"}) {
    FactsOfLog facts(kPost);
    const std::uint32_t shape = facts.ran(sql);
    facts.size("Post", 50'000);
    auto found = scans(facts.facts);
    ASSERT_EQ(found.size(), 1U) << sql;
    EXPECT_EQ(found[0].level, Level::kWarning);
    EXPECT_EQ(
        found[0].message,
        "'Post' (50,000 rows) is read until enough rows match 'authorId', all of it when few do: no index begins with "
        "'authorId'");
    facts.planned(shape, "Post", Way::kScan, 40'000).limited = true;
    EXPECT_EQ(scans(facts.facts).at(0).level, Level::kError);
  }
  FactsOfLog sorted(kPost);
  sorted.ran("SELECT id FROM \"Post\" WHERE author_id = $1 ORDER BY views LIMIT 1");
  sorted.size("Post", 50'000);
  EXPECT_EQ(scans(sorted.facts).at(0).level, Level::kError) << "all of them are read before they are sorted";
}

TEST(FullScan, NamesThePartialIndexThatDoesNotServe) {
  FactsOfLog facts(
      "model U {\n  id Int @id\n  email String\n  status String\n  gone DateTime?\n  @@unique([email], where: { "
      "gone: null }, map: \"live_email\")\n  @@index([status], where: { status: \"open\" })\n}\n");
  facts.ran("SELECT id FROM \"U\" WHERE email = $1");
  facts.ran("SELECT id FROM \"U\" WHERE email = $1 AND gone IS NULL");
  facts.ran("SELECT id FROM \"U\" WHERE status = $1");
  const auto found = scans(facts.facts);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(
      found[0].message,
      HasSubstr(
          "the index 'live_email' covers only rows where \"gone\" IS NULL, which the statement does not ask for"));
  EXPECT_THAT(found[0].fix.text, HasSubstr("@@index([email])"));
  EXPECT_THAT(notes(facts.facts), ElementsAre(HasSubstr("depends on the values")));
}

TEST(FullScan, ADeleteReadsTheTablesThatReferToTheRow) {
  FactsOfLog facts(
      "model U {\n  id Int @id\n  s S[]\n  o O[]\n}\n"
      "model S {\n  id Int @id\n  uId Int\n  u U @relation(fields: [uId], references: [id], onDelete: Cascade)\n}\n"
      "model O {\n  id Int @id\n  uId Int\n  u U @relation(fields: [uId], references: [id])\n}\n");
  const std::uint32_t shape = facts.ran("DELETE FROM \"U\" WHERE id = $1");
  facts.size("S", 30'000);
  facts.planned(shape, "U", Way::kIndex, 1);
  const auto found = scans(facts.facts);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(
      found[0].message,
      "Full scan of 'S' (30,000 rows) for each row of 'U' that is deleted, to delete what refers to it by 'uId': no "
      "index begins with 'uId'");
  EXPECT_EQ(found[0].level, Level::kWarning);
  EXPECT_THAT(found[0].fix.text, HasSubstr("@@index([uId]) to model S"));
  EXPECT_THAT(notes(facts.facts), ElementsAre(HasSubstr("rows that forbid them: 'O' by 'uId'")));
}

TEST(FullScan, SaysWhatToDoForOrdersThatNoDeclaredIndexGives) {
  FactsOfLog facts("model D {\n  id Int @id\n  seen DateTime?\n  emb Unsupported(\"vector(3)\")?\n  t String\n}\n");
  facts.ran("SELECT id FROM \"D\" ORDER BY emb <=> $1 LIMIT 5");
  facts.ran("SELECT id FROM \"D\" ORDER BY seen DESC NULLS LAST LIMIT 5");
  facts.size("D", 50'000);
  const auto found = scans(facts.facts);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_THAT(found[0].fix.text, HasSubstr("CREATE INDEX ON \"D\" USING hnsw (\"emb\" vector_cosine_ops)"));
  EXPECT_EQ(found[0].level, Level::kWarning) << "a migration may have made it";
  EXPECT_THAT(found[1].fix.text, HasSubstr("CREATE INDEX ON \"D\" (\"seen\" DESC NULLS LAST)"));
  EXPECT_THAT(found[1].message, HasSubstr("order by 'seen'"));
}

TEST(FullScan, AnIndexThatWasNotUnderstoodLeavesAWarning) {
  FactsOfLog facts("model T {\n  id Int @id\n  a Int\n  b Int\n  c Int\n  @@index([a, !])\n}\n");
  facts.ran("SELECT id FROM \"T\" WHERE b = $1");
  facts.size("T", 50'000);
  ASSERT_EQ(scans(facts.facts).size(), 1U);
  EXPECT_EQ(scans(facts.facts)[0].level, Level::kWarning);
  EXPECT_THAT(detail(scans(facts.facts)[0], "confidence"), HasSubstr("s.prisma:9:3"));
}

TEST(FullScan, IgnoresByTableOrModelAndNeverRaisesTheLevel) {
  FactsOfLog facts("model Post {\n  id Int @id\n  a Int\n  b Int\n  c Int\n  @@map(\"posts\")\n}\n");
  facts.ran("SELECT id FROM posts WHERE a = $1");
  facts.size("posts", 50'000);
  Rule rule = query_rule("full-scan", Level::kNote, "min_rows", kMinRows);
  ASSERT_EQ(findings_of(detect_full_scan, facts.facts, rule).size(), 1U);
  EXPECT_EQ(findings_of(detect_full_scan, facts.facts, rule)[0].level, Level::kNote);
  for (const char* name : {"posts", "Post", "P*"}) {
    rule.ignore = {name};
    EXPECT_THAT(findings_of(detect_full_scan, facts.facts, rule), IsEmpty()) << name;
  }
}

}  // namespace
}  // namespace budgetcheck
