#include "detect/query/loop_strength.h"

#include <gtest/gtest.h>

#include "detect/query/loop_relation.h"
#include "detect/query/n_plus_one.h"
#include "unit/detect/query/blog_testing.h"
#include "unit/detect/query/query_testing.h"

namespace budgetcheck {
namespace {

constexpr const char* kUpdate = "UPDATE \"Post\" SET a = $1 WHERE id = $2";
constexpr const char* kTags = "SELECT id FROM \"Tag\" WHERE id = $1";
constexpr const char* kByAuthor = kPosts;

/// The level of a loop in a log without request ids: "error", …; empty: not reported. It runs alone, six turns, in a
/// log with times; `change` says what else is seen.
template <typename Change>
std::string level_of(const std::string& sql, const std::string& before, Change change) {
  FactsOfLog facts(kBlog);
  facts.log().has_ids = false;
  std::vector<std::uint32_t> reads;
  if (!before.empty()) {
    reads.push_back(facts.ran(before));
  }
  Repeat& repeat = facts.repeated(facts.ran(sql, 6), 6, reads);
  repeat.scope = repeat.route = "";
  TurnEvidence& e = repeat.evidence;
  e.turns = e.present = e.statements = 6;
  e.first = e.timed = e.tight = true;
  const bool write = facts.log().shapes[repeat.shape].verb != Verb::kSelect;
  (write ? e.writes : e.reads) = 1;
  change(repeat);
  const auto found = findings_of(write ? detect_n_plus_one_write : detect_n_plus_one, facts.facts,
                                 query_rule("x", Level::kError, "min_repeats", 5));
  return found.empty() ? "" : std::string(to_string(found[0].level));
}

std::string level_of(const std::string& sql, const std::string& before) {
  return level_of(sql, before, [](Repeat&) {});
}

/// Each turn means another row, and no two of them run at the same time.
void one_by_one(Repeat& r) { r.evidence.differ = r.evidence.whole = true; }

/// A second read in each turn, which begins it.
void two_reads(Repeat& r) {
  r.turn = {0, r.shape};
  r.evidence.reads = 2;
  r.evidence.statements = 12;
}

TEST(LoopStrength, WhatTheSchemaTiesIsAsSureAsWithIds) {
  EXPECT_EQ(level_of(kByAuthor, kUsers), "error");
  EXPECT_EQ(level_of(kUpdate, "SELECT id FROM \"Post\" LIMIT $1"), "error")
      << "by what identifies the rows read before";
  EXPECT_EQ(level_of("INSERT INTO \"Comment\" (\"postId\") VALUES ($1)", "SELECT id FROM \"Post\" LIMIT $1"), "error");
  EXPECT_EQ(level_of(kTags, kUsers), "warning") << "not tied";
}

TEST(LoopStrength, TiesWithoutTimesOrAmongOtherWorkAreWarnings) {
  EXPECT_EQ(level_of(kByAuthor, kUsers, [](Repeat& r) { r.evidence.timed = r.evidence.tight = false; }), "warning");
  EXPECT_EQ(level_of(kByAuthor, kUsers, [](Repeat& r) { r.evidence.statements = 60, r.evidence.foreign = 6; }),
            "error");
  EXPECT_EQ(level_of(kByAuthor, kUsers, [](Repeat& r) { r.evidence.statements = 60, r.evidence.foreign = 7; }),
            "warning");
  EXPECT_EQ(level_of(kByAuthor, kUsers, [](Repeat& r) { r.evidence.elsewhere = 7; }), "warning");
}

TEST(LoopStrength, OneTransactionAroundAllTurnsIsSure) {
  EXPECT_EQ(level_of(kTags, "", [](Repeat& r) { r.evidence.in_transaction = true; }), "error");
  EXPECT_EQ(level_of(kTags, "", [](Repeat& r) { r.evidence.in_transaction = true, r.evidence.present = 3; }), "");
}

TEST(LoopStrength, RequestsThatLookAlikeAreNone) {
  EXPECT_EQ(level_of(kByAuthor, kUsers, [](Repeat& r) { r.evidence.same_first = true; }), "") << "a session first";
  EXPECT_EQ(level_of(kTags, "", two_reads), "") << "several reads, nothing before";
  EXPECT_EQ(level_of(kTags, "", [](Repeat& r) { r.evidence.tight = false; }), "");
  EXPECT_EQ(level_of(kTags, kUsers, [](Repeat& r) { r.evidence.foreign = 2; }), "") << "other work in between";
  EXPECT_EQ(level_of(kTags, kUsers, [](Repeat& r) { r.evidence.elsewhere = 7; }), "") << "it runs elsewhere too";
  EXPECT_EQ(level_of(kTags, kUsers, [](Repeat& r) { r.evidence.reads = 9; }), "");
  EXPECT_EQ(level_of(kByAuthor, kUsers, [](Repeat& r) { r.evidence.turns = 0; }), "");
}

TEST(LoopStrength, WhatMayBeEitherIsANote) {
  EXPECT_EQ(level_of(kTags, ""), "note");
  EXPECT_EQ(level_of(kTags, kUsers, [](Repeat& r) { r.evidence.timed = r.evidence.tight = false; }), "note");
  EXPECT_EQ(level_of(kTags, kUsers, two_reads), "note");
}

TEST(LoopStrength, TurnsAtOnceAndEachOfItsOwnRowAreALoop) {
  const auto swift = [](auto but) { return [=](Repeat& r) { two_reads(r), one_by_one(r), but(r); }; };
  EXPECT_EQ(level_of(kTags, "", swift([](Repeat&) {})), "warning") << "several reads, nothing before";
  EXPECT_EQ(level_of(kTags, "", one_by_one), "warning");
  EXPECT_EQ(level_of(kTags, "", swift([](Repeat& r) { r.evidence.differ = false; })), "");
  EXPECT_EQ(level_of(kTags, "", swift([](Repeat& r) { r.evidence.whole = false; })), "");
  EXPECT_EQ(level_of(kTags, "", swift([](Repeat& r) { r.evidence.tight = false; })), "");
  EXPECT_EQ(level_of(kTags, "", swift([](Repeat& r) { r.evidence.timed = false; })), "");
  EXPECT_EQ(level_of(kTags, "", swift([](Repeat& r) { r.evidence.paused = true; })), "");
  EXPECT_EQ(level_of(kTags, "", swift([](Repeat& r) { r.route = "/a"; })), "") << "requests of one route";
  EXPECT_EQ(level_of(kTags, "", swift([](Repeat& r) { r.evidence.foreign = 2; })), "");
  EXPECT_EQ(level_of(kTags, "", swift([](Repeat& r) { r.evidence.turns = r.evidence.present = 4; })), "");
}

TEST(LoopStrength, WithoutTimesAChangeOfARowMayHaveWaited) {
  const auto untimed = [](Repeat& r) { r.evidence.timed = r.evidence.tight = false; };
  const char* rows = "SELECT id FROM \"Post\" LIMIT $1";
  EXPECT_EQ(level_of(kUpdate, rows, untimed), "note");
  EXPECT_EQ(level_of("DELETE FROM \"Post\" WHERE id = $1", rows, untimed), "warning");
  EXPECT_EQ(level_of(kUpdate, rows, [&](Repeat& r) { untimed(r), r.evidence.in_transaction = true; }), "error");
  EXPECT_EQ(level_of(kUpdate, rows, [&](Repeat& r) { untimed(r), r.evidence.writes = 2; }), "warning");
  EXPECT_EQ(level_of(kByAuthor, kUsers, [&](Repeat& r) { untimed(r), r.evidence.foreign = 2; }), "note")
      << "other work in between";
  const auto looked_up = [&](Repeat& r) { two_reads(r), untimed(r), r.evidence.reads = r.evidence.writes = 1; };
  EXPECT_EQ(level_of(kUpdate, "", looked_up), "note") << "an import, or messages";
}

TEST(LoopStrength, RowsThatReferToTheSameThirdAreTied) {
  const char* schema = R"(
model Room {
  id       Int       @id
  members  Member[]
  messages Message[]
}
model Member {
  id     Int  @id
  roomId Int
  room   Room @relation(fields: [roomId], references: [id])
}
model Message {
  id     Int    @id
  roomId Int
  body   String
  room   Room @relation(fields: [roomId], references: [id])
}
)";
  const auto tied = [&](const std::string& sql) {
    FactsOfLog facts(schema);
    facts.log().has_ids = false;
    const std::uint32_t members = facts.ran("SELECT id, \"roomId\" FROM \"Member\"");
    Repeat& repeat = facts.repeated(facts.ran(sql, 6), 6, {members});
    repeat.evidence.turns = repeat.evidence.present = repeat.evidence.statements = 6;
    repeat.evidence.first = true;
    WorstRepeat worst;
    worst.log = &facts.log();
    worst.repeat = &repeat;
    return loop_relation(facts.facts, worst).first_tied;
  };
  EXPECT_TRUE(tied("SELECT id FROM \"Message\" WHERE \"roomId\" = $1"));
  EXPECT_FALSE(tied("SELECT id FROM \"Message\" WHERE \"roomId\" = $1 AND body = $2")) << "as every tenant's rows do";
  EXPECT_FALSE(tied("SELECT id FROM \"Message\" WHERE body = $1"));
}

TEST(LoopStrength, WhatTheTurnsReadThemselvesTiesNothingToTheirBegin) {
  FactsOfLog facts(kBlog);
  facts.log().has_ids = false;
  const std::uint32_t posts = facts.ran("SELECT id, \"authorId\" FROM \"Post\" WHERE id > $1", 6);
  const std::uint32_t user = facts.ran("SELECT id FROM \"User\" WHERE id = $1", 12);
  Repeat& repeat = facts.repeated(facts.ran("SELECT id FROM \"Comment\" WHERE \"postId\" = $1", 12), 12, {posts});
  repeat.turn = {user, posts, repeat.shape};
  repeat.evidence.turns = repeat.evidence.present = 12;
  WorstRepeat worst;
  worst.log = &facts.log();
  worst.repeat = &repeat;
  EXPECT_TRUE(loop_relation(facts.facts, worst).tied);
  EXPECT_FALSE(loop_relation(facts.facts, worst).first_tied) << "the author of a post of the same turn";
}

TEST(LoopStrength, WritesAreMoreThanReads) {
  EXPECT_EQ(level_of(kUpdate, ""), "warning") << "an import";
  const auto looked_up = [](Repeat& r) { two_reads(r), r.evidence.reads = 1; };
  EXPECT_EQ(level_of(kUpdate, kUsers, looked_up), "warning");
  EXPECT_EQ(level_of(kUpdate, "",
                     [](Repeat& r) {
                       r.turn = {r.shape, r.shape}, r.evidence.reads = 1;
                     }),
            "warning")
      << "requests begin with a read";
}

TEST(LoopStrength, PausesAreMessagesOrSomethingOutside) {
  const auto paused = [](Repeat& r) { r.evidence.paused = true, r.evidence.tight = false; };
  EXPECT_EQ(level_of(kByAuthor, kUsers, paused), "") << "several may run at the same time";
  const auto one_at_a_time = [](std::uint64_t turns) {
    return [=](Repeat& r) {
      r.evidence.paused = r.evidence.whole = true;
      r.evidence.tight = false;
      r.evidence.turns = r.evidence.present = r.evidence.statements = turns;
    };
  };
  EXPECT_EQ(level_of(kByAuthor, kUsers, one_at_a_time(6)), "warning") << "the rows of a list, with work in between";
  EXPECT_EQ(level_of(kByAuthor, kUsers, one_at_a_time(4)), "");
  EXPECT_EQ(level_of("SELECT a FROM \"User\" WHERE id = $1", kUsers, one_at_a_time(6)), "") << "who clicks does so";
  EXPECT_EQ(level_of(kUpdate, "SELECT id FROM \"Post\" LIMIT $1", paused), "note");
  EXPECT_EQ(level_of(kUpdate, "", paused), "");
  EXPECT_EQ(level_of(kByAuthor, kUsers, [](Repeat& r) { r.evidence.paused = true; }), "error")
      << "it thinks in its turns";
}

TEST(LoopStrength, ClaimsAreNone) {
  EXPECT_EQ(level_of(kUpdate, "SELECT id FROM \"Post\" LIMIT $1", [](Repeat& r) { r.evidence.claims = true; }), "");
}

TEST(LoopStrength, AnotherStatementOfTheTurnMayBeTheOneThatIsTied) {
  FactsOfLog facts(kBlog);
  facts.log().has_ids = false;
  const std::uint32_t users = facts.ran(kUsers);
  const std::uint32_t posts = facts.ran(kByAuthor, 6);
  Repeat& repeat = facts.repeated(facts.ran(kTags, 6), 6, {users});
  repeat.turn = {posts, repeat.shape};
  repeat.evidence.turns = repeat.evidence.present = 6;
  repeat.evidence.statements = 12;
  const auto rule = query_rule("x", Level::kError, "min_repeats", 5);
  auto found = findings_of(detect_n_plus_one, facts.facts, rule);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, Level::kWarning);
  EXPECT_EQ(found[0].evidence.statements.size(), 2U);
  EXPECT_NE(detail(found[0], "confidence").find("medium"), std::string::npos);
  repeat.evidence.present = 3;
  EXPECT_TRUE(findings_of(detect_n_plus_one, facts.facts, rule).empty()) << "it runs in too few of the turns";
}

TEST(LoopStrength, FewTurnsOfSeveralStatementsMustBeClear) {
  const auto few = [](std::uint64_t turns, std::uint32_t reads) {
    return [=](Repeat& r) {
      r.count = r.evidence.turns = r.evidence.present = turns;
      r.evidence.statements = turns * reads;
      r.evidence.reads = reads;
    };
  };
  EXPECT_EQ(level_of(kByAuthor, kUsers, few(3, 2)), "warning");
  EXPECT_EQ(level_of(kByAuthor, kUsers, few(2, 2)), "");
  EXPECT_EQ(level_of(kByAuthor, kUsers, few(4, 1)), "") << "one statement a turn";
  EXPECT_EQ(level_of(kTags, kUsers, few(4, 2)), "") << "not tied: a note at most";
}

TEST(LoopStrength, FewWritesTogetherAreANote) {
  const auto few = [](std::uint64_t turns) {
    return [=](Repeat& r) {
      r.count = r.evidence.turns = r.evidence.present = turns;
      r.evidence.statements = turns * 2;
      r.evidence.reads = 1;
      r.evidence.in_transaction = true;
    };
  };
  EXPECT_EQ(level_of(kUpdate, "", few(3)), "note") << "perhaps one call of the client";
  EXPECT_EQ(level_of(kUpdate, "", few(5)), "error");
  EXPECT_EQ(level_of(kUpdate, "SELECT id FROM \"Post\" LIMIT $1", few(3)), "warning");
}

TEST(LoopStrength, ALoopThatNamesNoRequestAmongThoseThatDoIsOne) {
  FactsOfLog facts(kBlog);
  Repeat& named = facts.repeated(facts.ran(kUpdate), 6);
  named.waits = true;
  Repeat& loose = facts.repeated(facts.ran(kByAuthor, 6), 6, {facts.ran(kUsers)});
  loose.scope = loose.route = "";
  loose.evidence.turns = loose.evidence.present = loose.evidence.statements = 6;
  loose.evidence.timed = loose.evidence.tight = true;
  const auto found = findings_of(detect_n_plus_one, facts.facts, query_rule("x", Level::kError, "min_repeats", 5));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].message.find("in one loop (no request is named here)"), std::string::npos);
  EXPECT_NE(detail(found[0], "confidence").find("no request is named here"), std::string::npos);
}

TEST(LoopStrength, ARequestsWritesThatWaitAreANote) {
  FactsOfLog facts(kBlog);
  Repeat& repeat = facts.repeated(facts.ran(kUpdate), 6);
  const auto rule = query_rule("x", Level::kError, "min_repeats", 5);
  EXPECT_EQ(findings_of(detect_n_plus_one_write, facts.facts, rule).at(0).level, Level::kError);
  repeat.waits = true;
  EXPECT_EQ(findings_of(detect_n_plus_one_write, facts.facts, rule).at(0).level, Level::kNote);
}

}  // namespace
}  // namespace budgetcheck
