#include "detect/query/repeated_query.h"

#include <gmock/gmock.h>

#include "detect/query/n_plus_one.h"
#include "unit/detect/query/blog_testing.h"
#include "unit/detect/query/query_testing.h"

namespace budgetcheck {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<Finding> repeated(const Facts& facts) {
  return findings_of(detect_repeated_query, facts, query_rule("repeated-query", Level::kWarning, "min_repeats", 5));
}
TEST(RepeatedQuery, FiresAtFiveWithoutParametersAndNotAtFour) {
  for (const auto& [count, expected] : std::vector<std::pair<std::uint64_t, std::size_t>>{{4, 0}, {5, 1}}) {
    FactsOfLog facts(kBlog);
    const std::uint32_t users = facts.ran(kUsers);
    facts.repeated_unknown(facts.ran(kPosts), count, {users});
    const auto found = repeated(facts.facts);
    ASSERT_EQ(found.size(), expected) << count;
    if (expected == 1) {
      EXPECT_THAT(found[0].message, HasSubstr("5 statements of one shape on 'Post'"));
      EXPECT_THAT(found[0].fix.text, HasSubstr("prisma.user.findMany with include: { posts: true }"));
      EXPECT_EQ(found[0].level, Level::kWarning);
      const Rule loop = query_rule("n-plus-one", Level::kError, "min_repeats", 5);
      EXPECT_THAT(findings_of(detect_n_plus_one, facts.facts, loop), IsEmpty()) << "one thing is reported once";
    }
  }
}

TEST(RepeatedQuery, ParametersBatchesWritesBesideAndNoTableAreNone) {
  const auto count_with = [](auto change, std::string_view sql = kPosts) {
    FactsOfLog facts(kBlog);
    Repeat& repeat = facts.repeated_unknown(facts.ran(sql), 10);
    change(repeat);
    return repeated(facts.facts).size();
  };
  EXPECT_EQ(count_with([](Repeat&) {}), 1U);
  EXPECT_EQ(count_with([](Repeat& r) { r.params_known = true; }), 0U);
  EXPECT_EQ(count_with([](Repeat& r) { r.batched = true; }), 0U);
  EXPECT_EQ(count_with([](Repeat& r) { r.paging = true; }), 0U);
  EXPECT_EQ(count_with([](Repeat& r) { r.beside_writes = 8; }), 0U);
  EXPECT_EQ(count_with([](Repeat& r) { r.beside_writes = 7; }), 1U);
  EXPECT_EQ(count_with([](Repeat&) {}, "SELECT set_config($1, $2, true)"), 0U);
}

TEST(RepeatedQuery, WithoutRequestsItsSurroundingsDecide) {
  FactsOfLog facts(kBlog);
  const std::uint32_t tags = facts.ran("SELECT id FROM \"Tag\"");
  const std::uint32_t users = facts.ran(kUsers);
  Repeat& repeat = facts.repeated_unknown(facts.ran(kPosts), 10, {tags});
  repeat.evidence.turns = repeat.evidence.present = repeat.evidence.statements = 10;
  repeat.evidence.first = true;
  facts.log().has_ids = false;
  ASSERT_EQ(repeated(facts.facts).size(), 1U);
  EXPECT_EQ(repeated(facts.facts)[0].level, Level::kNote);
  repeat.before = {users};
  EXPECT_EQ(repeated(facts.facts).at(0).level, Level::kWarning) << "the schema ties it to the read before";
  repeat.evidence.turns = 0;
  EXPECT_TRUE(repeated(facts.facts).empty()) << "nothing shows a loop";
}

/// The level of a sequence of statements without a read before, six turns at once; the last one's.
std::string level_of(const std::vector<std::string>& turn, void (*change)(TurnEvidence&)) {
  FactsOfLog facts(kBlog);
  facts.log().has_ids = false;
  std::vector<std::uint32_t> shapes;
  for (const std::string& sql : turn) {
    shapes.push_back(facts.ran(sql, 6));
  }
  Repeat& repeat = facts.repeated_unknown(shapes.back(), 6);
  repeat.scope = repeat.route = "";
  TurnEvidence& e = repeat.evidence;
  e.turns = e.present = 6;
  e.statements = 6 * turn.size();
  e.first = turn.size() == 1;
  e.timed = e.tight = e.whole = true;
  for (const std::uint32_t shape : shapes) {
    ++(facts.log().shapes[shape].verb == Verb::kSelect ? e.reads : e.writes);
  }
  if (turn.size() > 1) {
    repeat.turn = shapes;
  }
  change(e);
  const auto found = repeated(facts.facts);
  return found.empty() ? "" : std::string(to_string(found[0].level));
}

TEST(RepeatedQuery, WhatOnlyValuesWouldTellIsANote) {
  const auto as_it_is = [](TurnEvidence&) {};
  const std::string read = "SELECT id FROM \"Tag\" WHERE id = $1";
  const std::string insert = "INSERT INTO \"Post\" (a) VALUES ($1)";
  const std::string update = "UPDATE \"Post\" SET a = $1 WHERE id = $2";
  EXPECT_EQ(level_of({read, kPosts}, as_it_is), "warning");
  EXPECT_EQ(level_of({read, insert}, as_it_is), "warning");
  EXPECT_EQ(level_of({insert}, as_it_is), "warning");
  EXPECT_EQ(level_of({read, update}, as_it_is), "note") << "a retry of one row";
  EXPECT_EQ(level_of({update}, as_it_is), "note") << "progress of one row";
  EXPECT_EQ(level_of({read}, as_it_is), "note") << "pages";
  const auto batches = [](TurnEvidence& e) { e.batches = true; };
  EXPECT_EQ(level_of({insert, update}, batches), "note") << "chunks, and how far they are";
  EXPECT_EQ(level_of({insert, update}, as_it_is), "warning");
  const auto window = [](TurnEvidence& e) { e.window = true; };
  EXPECT_EQ(level_of({"DELETE FROM \"Post\" WHERE a >= $1 AND a < $2 AND b = $3"}, window), "note");
}

TEST(RepeatedQuery, FewTurnsOfSeveralStatementsMustBeClear) {
  const auto few = [](const std::string& before) {
    FactsOfLog facts(kBlog);
    facts.log().has_ids = false;
    const std::uint32_t read = facts.ran(before);
    const std::uint32_t tags = facts.ran("SELECT id FROM \"Tag\" WHERE id = $1", 3);
    const std::uint32_t posts = facts.ran(kPosts, 3);
    Repeat& repeat = facts.repeated_unknown(posts, 3, {read});
    repeat.turn = {posts, tags};
    repeat.evidence.turns = repeat.evidence.present = 3;
    repeat.evidence.statements = 6;
    repeat.evidence.reads = 2;
    repeat.evidence.first = repeat.evidence.timed = repeat.evidence.tight = true;
    return repeated(facts.facts).size();
  };
  EXPECT_EQ(few(kUsers), 1U);
  EXPECT_EQ(few("SELECT id FROM \"Comment\""), 0U) << "not tied";
}

}  // namespace
}  // namespace budgetcheck
