#include "detect/query/n_plus_one.h"

#include <gmock/gmock.h>

#include "unit/detect/query/blog_testing.h"
#include "unit/detect/query/query_testing.h"

namespace budgetcheck {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<Finding> loops(const Facts& facts) {
  return findings_of(detect_n_plus_one, facts, query_rule("n-plus-one", Level::kError, "min_repeats", 5));
}
std::vector<Finding> write_loops(const Facts& facts) {
  return findings_of(detect_n_plus_one_write, facts, query_rule("n-plus-one-write", Level::kError, "min_repeats", 5));
}

TEST(NPlusOneRelation, NamesTheModelTheRelationAndTheCall) {
  const auto fix = [](std::string_view child, std::string_view parent) {
    FactsOfLog facts(kBlog);
    const std::uint32_t before = facts.ran(parent);
    facts.repeated(facts.ran(child), 6, {before});
    const auto found = loops(facts.facts);
    return found.size() == 1 ? found[0].message + " -> " + found[0].fix.text : std::to_string(found.size());
  };
  EXPECT_THAT(fix(kPosts, kUsers), HasSubstr("'Post' is read once for each row of 'User' -> Load it with the rows: "
                                             "prisma.user.findMany({ …, include: { posts: true } })"));
  EXPECT_THAT(fix("SELECT id FROM \"User\" WHERE id = $1", "SELECT id FROM \"Post\" LIMIT $1"),
              HasSubstr("'User' is read once for each key instead of for all at once, after a read of 'Post'"))
      << "the foreign key was not read";
  EXPECT_THAT(fix("SELECT id FROM \"User\" WHERE id = $1", "SELECT id, \"authorId\" FROM \"Post\" LIMIT $1"),
              HasSubstr("prisma.post.findMany({ …, include: { author: true } })"));
  EXPECT_THAT(fix("SELECT COUNT(*) FROM \"Post\" WHERE \"authorId\" = $1", kUsers),
              HasSubstr("include: { _count: { select: { posts: true } } }"));
  // By another column than the relation's: no relation is named.
  EXPECT_THAT(fix("SELECT id FROM \"Post\" WHERE id = $1", kUsers),
              HasSubstr("prisma.post.findMany({ where: { id: { in: keys } } })"));
  // Many to many, through the table between.
  EXPECT_THAT(
      fix("SELECT t.id FROM \"Tag\" AS t LEFT JOIN \"_TagToUser\" AS j ON j.\"A\" = t.id WHERE j.\"B\" = $1", kUsers),
      HasSubstr("include: { tags: true }"));
  EXPECT_THAT(fix("SELECT id FROM \"Nowhere\" WHERE id = $1", kUsers), HasSubstr("'Nowhere' is read once"));
}

TEST(NPlusOneRelation, AggregatesAreAskedOnceByGroup) {
  const auto fix = [](std::string_view child) {
    FactsOfLog facts(kBlog);
    facts.repeated(facts.ran(child), 6);
    const auto found = loops(facts.facts);
    return found.size() == 1 ? found[0].fix.text : std::to_string(found.size());
  };
  EXPECT_EQ(fix("SELECT SUM(id), COUNT(*) FROM (SELECT id FROM \"Post\" WHERE \"authorId\" = $1) AS sub"),
            "Query 'Post' once for all keys: prisma.post.groupBy({ by: ['authorId'], where: { authorId: { in: keys } "
            "}, … }).");
  EXPECT_THAT(fix("SELECT COUNT(*) FROM \"Post\" WHERE id >= $1 AND id < $2"), HasSubstr("$queryRaw with GROUP BY"));
  EXPECT_THAT(fix("SELECT MAX(id) FROM \"Post\" WHERE id >= $1 AND id < $2"), HasSubstr("$queryRaw with GROUP BY"));
}

TEST(NPlusOneRelation, WithoutASingleKeyTheConditionsAreJoinedByOr) {
  const auto fix = [](std::string_view child) {
    FactsOfLog facts(kBlog);
    facts.repeated(facts.ran(child), 6);
    return loops(facts.facts).at(0).fix.text;
  };
  EXPECT_THAT(fix("SELECT id FROM \"Post\" WHERE id = $1 AND \"authorId\" = $2"), HasSubstr("where: { OR: keys }"));
  EXPECT_THAT(fix("SELECT id FROM \"User\" WHERE name LIKE $1"), HasSubstr("where: { OR: conditions }"));
}

TEST(NPlusOneRelation, LinksBetweenTwoModelsHaveNoClientOfTheirOwn) {
  FactsOfLog facts(kBlog);
  facts.repeated(facts.ran("INSERT INTO \"_TagToUser\" (\"A\",\"B\") VALUES ($1,$2) ON CONFLICT DO NOTHING"), 6);
  const auto found = write_loops(facts.facts);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].message, HasSubstr("'_TagToUser' is written row by row (it links 'User' to 'Tag')"));
  EXPECT_THAT(found[0].fix.text, HasSubstr("prisma.user.update({ …, data: { tags: { connect: keys } } })"));
}

TEST(NPlusOneRelation, TheReadThatTheSchemaTiesIsTheParentAndNotTheLastOne) {
  FactsOfLog facts(kBlog);
  const std::uint32_t users = facts.ran(kUsers);
  const std::uint32_t comments = facts.ran("SELECT id FROM \"Comment\" LIMIT 1");
  facts.repeated(facts.ran(kPosts), 6, {comments, users});
  const auto found = loops(facts.facts);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].message, HasSubstr("for each row of 'User'"));
  EXPECT_THAT(found[0].evidence.parent_sql, HasSubstr("\"User\""));
}

TEST(NPlusOneRelation, ReadsBesideWritesArePartOfTheWrite) {
  FactsOfLog facts(kBlog);
  Repeat& repeat = facts.repeated(facts.ran(kPosts), 10);
  repeat.beside_writes = 8;
  EXPECT_THAT(loops(facts.facts), IsEmpty());
  repeat.beside_writes = 7;
  EXPECT_EQ(loops(facts.facts).size(), 1U);
}

TEST(NPlusOneRelation, WritesNameTheCallOfTheirProvider) {
  const auto fix = [](std::string_view sql, const std::string& provider) {
    FactsOfLog facts(kBlog, provider);
    facts.repeated(facts.ran(sql), 6);
    const auto found = write_loops(facts.facts);
    return found.size() == 1 ? found[0].fix.text : std::to_string(found.size());
  };
  EXPECT_THAT(fix("INSERT INTO \"Post\" (id) VALUES ($1)", "postgresql"), HasSubstr("createManyAndReturn"));
  EXPECT_EQ(fix("INSERT INTO `Post` (id) VALUES (?)", "mysql"),
            "Insert all rows of 'Post' at once: prisma.post.createMany({ data: rows }).");
  EXPECT_THAT(fix("DELETE FROM \"Post\" WHERE id = $1", "postgresql"),
              HasSubstr("prisma.post.deleteMany({ where: { id: { in: keys } } })"));
  EXPECT_THAT(fix("UPDATE \"Post\" SET \"authorId\" = $1 WHERE id = $2", "postgresql"),
              HasSubstr("{ id: { in: keys } }"));
  EXPECT_THAT(fix("INSERT INTO \"Post\" (id) VALUES ($1) ON CONFLICT DO NOTHING", "postgresql"),
              HasSubstr("prisma.post.createMany with skipDuplicates"));
  EXPECT_EQ(fix("INSERT INTO \"Post\" (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET id = $2", "postgresql"),
            "Write all rows of 'Post' at once: one $executeRaw INSERT … ON CONFLICT … DO UPDATE with many rows.")
      << "skipDuplicates would change nothing";
}

Rule loop_rule() { return query_rule("n-plus-one", Level::kError, "min_repeats", 5); }

TEST(NPlusOneShort, ALoopThatMostRequestsOfARouteHaveIsAWarning) {
  const auto level = [](std::uint64_t count, std::uint64_t recurring, std::uint64_t requests, bool before = true) {
    FactsOfLog facts(kBlog);
    const std::uint32_t users = facts.ran(kUsers);
    Repeat& repeat = facts.repeated(facts.ran(kPosts), count, {users});
    repeat.before = before ? repeat.before : std::vector<std::uint32_t>();
    repeat.recurring = recurring;
    repeat.route_requests = requests;
    const auto found = findings_of(detect_n_plus_one, facts.facts, loop_rule());
    return found.empty() ? "" : std::string(to_string(found[0].level));
  };
  EXPECT_EQ(level(4, 3, 5), "warning");
  EXPECT_EQ(level(4, 2, 2), "") << "two requests";
  EXPECT_EQ(level(4, 3, 6), "") << "half of them";
  EXPECT_EQ(level(2, 9, 9), "");
  EXPECT_EQ(level(4, 3, 5, false), "") << "nothing to walk over";
  EXPECT_EQ(level(5, 1, 9), "error");
}

TEST(NPlusOneShort, ATableThatIsKnownToBeTinyIsAWarning) {
  const auto level = [](double rows, double others) {
    FactsOfLog facts(kBlog);
    const std::uint32_t users = facts.ran(kUsers);
    facts.repeated(facts.ran(kPosts), 9, {users});
    facts.size("Post", rows);
    facts.size("User", others);
    return findings_of(detect_n_plus_one, facts.facts, loop_rule()).at(0).level;
  };
  EXPECT_EQ(level(100, 50'000), Level::kWarning);
  EXPECT_EQ(level(101, 50'000), Level::kError);
  EXPECT_EQ(level(100, 100), Level::kError) << "a test database";
}

TEST(NPlusOneCall, WhatOneCallRunsIsOneFinding) {
  FactsOfLog facts(kBlog);
  const std::uint32_t users = facts.ran(kUsers);
  const std::uint32_t posts = facts.ran(kPosts);
  const std::uint32_t comments = facts.ran("SELECT id FROM \"Comment\" WHERE \"postId\" IN ($1)");
  facts.repeated(posts, 6, {users}).turn = {posts, comments};
  Repeat& part = facts.repeated(comments, 6, {users});
  part.turn = {posts, comments};
  part.call = posts;
  auto found = findings_of(detect_n_plus_one, facts.facts, loop_rule());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].evidence.statements.size(), 2U);
  EXPECT_THAT(found[0].evidence.sql, HasSubstr("Post"));
  facts.log().repeats[1].call = users;
  EXPECT_EQ(findings_of(detect_n_plus_one, facts.facts, loop_rule()).size(), 2U) << "which is no finding";
}

TEST(NPlusOneWriteKeys, OneRowAndClaimsAreNone) {
  FactsOfLog facts(kBlog);
  Repeat& repeat = facts.repeated(facts.ran("UPDATE \"Post\" SET a = $1 WHERE id = $2"), 9);
  const auto count = [&] { return findings_of(detect_n_plus_one_write, facts.facts, loop_rule()).size(); };
  EXPECT_EQ(count(), 1U);
  repeat.same_row = true;
  EXPECT_EQ(count(), 0U);
  repeat.same_row = false;
  repeat.claims = true;
  EXPECT_EQ(count(), 0U);
}

}  // namespace
}  // namespace budgetcheck
