#include "collect/query_log/loops/loop_stack.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>

namespace budgetcheck {
namespace {

/// Runs "P A1 b1 A2 b2 …" as one stream: a capital reads the table of that letter, a small letter writes it (z that of
/// a), what follows is the key. A millisecond lies between two; "~" is a pause, "-" a short one, "begin" and "commit"
/// are themselves, and "Q." asks for a page, "Q@1" by a list of one key, "q#1" writes three rows; "Q!" calls a
/// function. "q=?" is an optimistic lock, "Q*1" reads one row, and "Q|1" still runs when the next begins.
class Stream {
 public:
  explicit Stream(const std::string& statements, double step_ms = 1) : stack_(found_), step_ms_(step_ms) {
    std::istringstream in(statements);
    for (std::string word; in >> word;) {
      run(word);
    }
    stack_.finish();
  }

  /// "5/7" of a letter: how often it ran in the largest loop that has it, and the turns; empty: none.
  std::string of(char letter) const {
    const Repeat* worst = repeat(letter);
    return worst == nullptr ? "" : std::to_string(worst->count) + "/" + std::to_string(worst->evidence.turns);
  }

  const Repeat* repeat(char letter) const {
    const Repeat* worst = nullptr;
    for (const FoundRepeats::Found& found : found_.all()) {
      if (found.repeat.shape == static_cast<std::uint32_t>(letter) &&
          (worst == nullptr || found.repeat.count > worst->count)) {
        worst = &found.repeat;
      }
    }
    return worst;
  }

  /// The letters of reads before the loop of a letter, the last first.
  std::string before(char letter) const {
    std::string letters;
    const Repeat* worst = repeat(letter);
    for (const std::uint32_t shape : worst == nullptr ? std::vector<std::uint32_t>() : worst->before) {
      letters += static_cast<char>(shape);
    }
    return letters;
  }

  std::string turn(char letter) const {
    std::string letters;
    const Repeat* worst = repeat(letter);
    for (const std::uint32_t shape : worst == nullptr ? std::vector<std::uint32_t>() : worst->turn) {
      letters += static_cast<char>(shape);
    }
    return letters;
  }

 private:
  void run(const std::string& word) {
    at_ += step_ms_;
    if (word == "~" || word == "-") {
      at_ += word == "~" ? 100 : 6;
      return;
    }
    if (word == "begin" || word == "commit") {
      stack_.control(word == "begin" ? Control::kBegin : Control::kCommit, at_, 0.1);
      return;
    }
    Execution execution;
    execution.shape = static_cast<std::uint32_t>(word[0]);
    execution.verb = word[0] >= 'a' ? Verb::kUpdate : Verb::kSelect;
    execution.has_table = true;
    execution.table = static_cast<std::uint64_t>(word[0] == 'z' ? 'a' : word[0] | 0x20);
    execution.route = Execution::kNoRoute;
    execution.ms = word.find('|') != std::string::npos ? 10 : 0.5;
    execution.at_ms = at_;
    execution.pages = word.back() == '.';
    execution.params.list_size = word.find('@') != std::string::npos ? 1 : word.find('#') != std::string::npos ? 3 : 0;
    execution.calls = word.back() == '!';
    execution.swaps = word.find('=') != std::string::npos;
    execution.single = word.find('*') != std::string::npos;
    execution.key_column = 1;
    execution.params.known = word.back() != '?';
    execution.params.all = std::hash<std::string>()(word.back() == '.' ? word + std::to_string(at_) : word) | 1U;
    execution.params.keys = execution.params.unpaged = execution.params.rest = std::hash<std::string>()(word) | 1U;
    stack_.execute(execution);
  }

  FoundRepeats found_;
  LoopStack stack_;
  double step_ms_;
  double at_ = 1000;
};

TEST(LoopStack, FindsARunBehindARead) {
  const Stream stream("P A1 A2 A3 A4 A5");
  EXPECT_EQ(stream.of('A'), "5/5");
  EXPECT_EQ(stream.before('A'), "P");
  EXPECT_EQ(stream.turn('A'), "") << "it runs alone";
  EXPECT_TRUE(stream.repeat('A')->evidence.first);
  EXPECT_TRUE(stream.repeat('A')->evidence.tight);
  EXPECT_EQ(stream.of('P'), "");
}

TEST(LoopStack, TwoTurnsAreNoLoop) {
  EXPECT_EQ(Stream("P A1 b1 A2 b2").of('A'), "");
  EXPECT_EQ(Stream("P A1 b1 A2 b2 A3 b3").of('A'), "3/3");
}

TEST(LoopStack, SeveralStatementsMakeATurn) {
  const Stream stream("P A1 B1 c1 A2 B2 c2 A3 B3 c3 A4 B4 c4");
  EXPECT_EQ(stream.of('A'), "4/4");
  EXPECT_EQ(stream.of('c'), "4/4");
  EXPECT_EQ(stream.turn('B'), "ABc");
  EXPECT_EQ(stream.before('c'), "P");
  EXPECT_EQ(stream.repeat('c')->evidence.reads, 2U);
  EXPECT_EQ(stream.repeat('c')->evidence.writes, 1U);
}

TEST(LoopStack, ATurnMayLackAStatement) {
  const Stream stream("P A1 b1 C1 A2 C2 A3 b3 C3 A4 C4 A5 b5 C5");
  EXPECT_EQ(stream.of('b'), "3/5");
  EXPECT_EQ(stream.of('C'), "5/5");
  EXPECT_EQ(stream.repeat('b')->evidence.present, 3U);
  EXPECT_EQ(stream.repeat('C')->evidence.foreign, 0U);
}

TEST(LoopStack, LoopsInsideMayBeOfDifferentLength) {
  const Stream stream("P A1 B1 B2 B3 A2 B4 A3 B5 B6 B7 B8 A4 B9");
  EXPECT_EQ(stream.of('A'), "4/4");
  EXPECT_EQ(stream.of('B'), "9/4") << "all turns together";
  EXPECT_EQ(stream.before('B'), "AP") << "the read of the outer loop feeds the inner one";
}

TEST(LoopStack, LoopsOneAfterTheOtherHaveTheirOwnTurns) {
  const Stream stream("P A1 A2 A3 A4 b1 b2 b3 b4");
  EXPECT_EQ(stream.of('A'), "4/4");
  EXPECT_EQ(stream.of('b'), "4/4");
  EXPECT_EQ(stream.turn('b'), "");
}

TEST(LoopStack, OtherWorkInBetweenIsForeign) {
  const Stream stream("P A1 b1 A2 X7 b2 A3 b3 A4 b4 A5 Y8 b5 A6 b6");
  EXPECT_EQ(stream.of('b'), "6/6");
  EXPECT_EQ(stream.repeat('b')->evidence.foreign, 2U);
  EXPECT_EQ(stream.repeat('b')->evidence.statements, 14U);
}

TEST(LoopStack, AnotherWriteOfTheSameTableIsABranch) {
  EXPECT_EQ(Stream("A1 a1 A2 z2 A3 a3 A4 a4 A5 a5 A6 a6").repeat('a')->evidence.foreign, 0U);
  EXPECT_EQ(Stream("A1 a1 A2 b2 A3 a3 A4 a4 A5 a5 A6 a6").repeat('a')->evidence.foreign, 1U) << "of another table";
}

TEST(LoopStack, EachTurnMayWriteToAnotherTable) {
  const Stream kinds("A1 b1 A2 c2 A3 d3 A4 b4 A5 c5 A6 d6 A7 b7 A8 c8 A9 d9");
  EXPECT_EQ(kinds.repeat('A')->evidence.foreign, 0U);
  const Stream beside("A1 b1 A2 b2 d1 A3 b3 A4 b4 d2 A5 b5 A6 b6 d3 A7 b7");
  EXPECT_EQ(beside.repeat('A')->evidence.foreign, 0U) << "in three of seven turns: part of it";
  const Stream twice("A1 b1 d1 A2 c2 A3 d3 A4 b4 A5 c5 d5 A6 d6 A7 b7 d7 A8 c8 A9 d9");
  EXPECT_EQ(twice.repeat('A')->evidence.foreign, 6U) << "some turns have two";
}

TEST(LoopStack, TwoLoopsMayInterleave) {
  const Stream stream("P A1 Q b1 A2 C1 b2 d1 A3 C2 b3 A4 d2 C3 b4 d3 A5 C4 b5 d4");
  EXPECT_EQ(stream.of('A'), "5/5");
  EXPECT_EQ(stream.of('b'), "5/5");
  EXPECT_EQ(stream.of('d'), "4/5");
  EXPECT_EQ(stream.before('d'), "QP");
}

TEST(LoopStack, TheParentAgainIsAnotherLoop) {
  const Stream stream("P A1 A2 A3 P A4 A5 A6 A7 P A8 A9 A1");
  const Repeat* repeat = stream.repeat('A');
  ASSERT_NE(repeat, nullptr);
  EXPECT_EQ(stream.of('A'), "10/3") << "as part of the turns that P begins";
  EXPECT_TRUE(repeat->evidence.same_first) << "and P asks for the same each time";
}

TEST(LoopStack, WhatAsksForTheSameIsNone) {
  EXPECT_EQ(Stream("P A1 A1 A1 A1 A1").of('A'), "");
  EXPECT_EQ(Stream("P A1 A1 A1 A1 A2").of('A'), "") << "one that asks for something else makes no loop";
  EXPECT_EQ(Stream("P A1 A2 A1 A2 A1").of('A'), "5/5");
  EXPECT_EQ(Stream("P A. A. A. A. A.").of('A'), "") << "pages";
  EXPECT_EQ(Stream("P A? A? A? A?").of('A'), "4/4") << "who knows";
}

TEST(LoopStack, SessionsReadFirstShowRequests) {
  const Stream stream("S1 A1 S1 A2 S1 A3 S1 A4 S1 A5");
  EXPECT_EQ(stream.of('S'), "");
  ASSERT_NE(stream.repeat('A'), nullptr);
  EXPECT_TRUE(stream.repeat('A')->evidence.same_first);
}

TEST(LoopStack, PausesAreSeenBetweenTurnsAndInThem) {
  EXPECT_FALSE(Stream("P A1 b1 A2 b2 A3 b3 A4 b4").repeat('b')->evidence.paused);
  EXPECT_TRUE(Stream("P A1 b1 ~ A2 b2 ~ A3 b3 ~ A4 b4").repeat('b')->evidence.paused);
  EXPECT_TRUE(Stream("P A1 ~ b1 A2 ~ b2 A3 ~ b3 A4 ~ b4").repeat('b')->evidence.paused);
  EXPECT_FALSE(Stream("P A1 b1 A2 b2 ~ A3 b3 A4 b4 A5 b5").repeat('b')->evidence.paused) << "one is chance";
}

TEST(LoopStack, RequestsHaveShortPausesThatTheirStatementsHaveNot) {
  EXPECT_TRUE(Stream("P A1 b1 - A2 b2 - A3 b3 - A4 b4 - A5 b5").repeat('b')->evidence.paused);
  EXPECT_FALSE(Stream("P A1 b1 - A2 b2 - A3 b3 - A4 b4").repeat('b')->evidence.paused) << "three may be chance";
  EXPECT_TRUE(Stream("P A1 b1 - A2 b2 - A3 b3 A4 b4 - A5 b5 - A6 b6").repeat('b')->evidence.paused);
  EXPECT_FALSE(Stream("P A1 b1 - A2 b2 - A3 b3 A4 b4 A5 b5 - A6 b6").repeat('b')->evidence.paused) << "now and then";
  EXPECT_FALSE(Stream("P A1 - b1 - A2 - b2 - A3 - b3 - A4").repeat('b')->evidence.paused) << "a slow machine";
  EXPECT_FALSE(Stream("P A1 - A2 - A3 - A4").repeat('A')->evidence.paused) << "nothing to compare with";
}

TEST(LoopStack, AProgramAsksAgainAtOnce) {
  EXPECT_TRUE(Stream("P A1 A2 A3 A4").repeat('A')->evidence.tight);
  EXPECT_FALSE(Stream("P A1 - A2 - A3 - A4").repeat('A')->evidence.tight);
  EXPECT_TRUE(Stream("P A1 - b1 - A2 - b2 - A3 - b3").repeat('b')->evidence.tight) << "a slow machine";
}

TEST(LoopStack, WhoWaitsBeforeATransactionWaitsBeforeItsStatements) {
  const auto each = [](const std::string& wait) {
    std::string all = "P";
    for (int i = 1; i <= 5; ++i) {
      const std::string key = std::to_string(i);
      all += wait + " begin A" + key + " b" + key + " commit";
    }
    return Stream(all).repeat('b')->evidence.paused;
  };
  EXPECT_TRUE(each(" ~"));
  EXPECT_FALSE(each(""));
}

TEST(LoopStack, TimesInSecondsShowNoPace) {
  const Stream coarse("P A1 A2 A3 A4 A5", 1000);
  EXPECT_FALSE(coarse.repeat('A')->evidence.timed);
  EXPECT_FALSE(coarse.repeat('A')->evidence.tight);
  EXPECT_TRUE(Stream("P A1 A2 A3 A4 A5", 1001).repeat('A')->evidence.timed);
}

TEST(LoopStack, WhatRunsAtTheSameTimeMixesItsTurns) {
  EXPECT_TRUE(Stream("A1 B1 A2 B2 A3 B3 A4 B4 A5 B5").repeat('B')->evidence.whole);
  EXPECT_FALSE(Stream("A1 A2 B1 B2 A3 A4 B3 B4 A5 A6 B5 B6").repeat('B')->evidence.whole);
  EXPECT_TRUE(Stream("A1 B1 A2 A3 B3 A4 A5 B5 A6 A7 B7").repeat('B')->evidence.whole) << "a branch";
  EXPECT_TRUE(Stream("A1 B1 B2 A2 B3 A3 B4 B5 B6 A4 B7").repeat('B')->evidence.whole) << "a loop inside";
}

TEST(LoopStack, ATurnMayMeanARowOfItsOwnThoughOneStatementDoesNot) {
  EXPECT_TRUE(Stream("A1 b1 A2 b2 A1 b3 A2 b4 A1 b5").repeat('A')->evidence.differ);
  EXPECT_FALSE(Stream("A1 b1 A2 b2 A1 b1 A2 b2 A1 b1").repeat('A')->evidence.differ);
  EXPECT_FALSE(Stream("A? b? A? b? A? b?").repeat('A')->evidence.differ);
}

TEST(LoopStack, BatchesInTheTurnsAreSeen) {
  EXPECT_TRUE(Stream("b#1 A1 b#2 A2 b#3 A3 b#4 A4").repeat('A')->evidence.batches);
  EXPECT_FALSE(Stream("b@1 A1 b@2 A2 b@3 A3 b@4 A4").repeat('A')->evidence.batches);
}

TEST(LoopStack, FunctionsThatAreCalledBeginNoTurn) {
  const Stream stream("P S! A1 b1 commit S! A2 b2 commit S! A3 b3 commit");
  EXPECT_EQ(stream.of('A'), "3/3");
  EXPECT_EQ(stream.turn('A'), "Ab");
  EXPECT_FALSE(stream.repeat('A')->evidence.same_first) << "the tenant is the same each time";
}

TEST(LoopStack, ARowByItsIdAndWhatBelongsToItIsWhatRequestsRead) {
  EXPECT_EQ(Stream("A*1 A*2 A*3 A*4 A*5").of('A'), "");
  EXPECT_EQ(Stream("A*1 B1 A*2 B2 A*3 B3 A*4 B4").of('B'), "");
  EXPECT_EQ(Stream("P A*1 B1 A*2 B2 A*3 B3 A*4 B4").of('B'), "4/4") << "a list is read before";
  EXPECT_EQ(Stream("A*1 b1 A*2 b2 A*3 b3 A*4 b4").of('b'), "4/4") << "an import reads what it writes";
  EXPECT_EQ(Stream("begin A*1 B1 A*2 B2 A*3 B3 A*4 B4 commit").of('B'), "4/4");
  EXPECT_EQ(Stream("A1 B1 A2 B2 A3 B3 A4 B4").of('B'), "4/4") << "rows by a foreign key";
}

TEST(LoopStack, AnOptimisticLockIsTriedAgainUnlessItsKeysDiffer) {
  EXPECT_EQ(Stream("A? b=? A? b=? A? b=? A? b=?").of('b'), "");
  EXPECT_EQ(Stream("A? b? A? b? A? b? A? b?").of('b'), "4/4");
  EXPECT_EQ(Stream("A1 b=1 A2 b=2 A3 b=3 A4 b=4").of('b'), "4/4");
  EXPECT_EQ(Stream("P? A? b=? A? b=? A? b=? A? b=?").of('b'), "4/4") << "a list is read before";
}

TEST(LoopStack, ALongPauseEndsEverything) {
  std::string pauses;
  for (int i = 0; i < 25; ++i) {
    pauses += " ~";
  }
  EXPECT_EQ(Stream("P A1 A2" + pauses + " A3 A4").of('A'), "");
  EXPECT_EQ(Stream("P A1 A2 A3" + pauses + " A4 A5").of('A'), "3/3");
}

TEST(LoopStack, TransactionsHoldAllTurnsOrOneEach) {
  EXPECT_TRUE(Stream("P begin A1 b1 A2 b2 A3 b3 commit").repeat('b')->evidence.in_transaction);
  EXPECT_TRUE(Stream("P A1 b1 A2 b2 A3 b3 commit").repeat('b')->evidence.in_transaction) << "Prisma logs no BEGIN";
  EXPECT_FALSE(Stream("P A1 A2 A3 commit").repeat('A')->evidence.in_transaction) << "it may have begun just before";
  EXPECT_TRUE(Stream("P begin A1 A2 A3 commit").repeat('A')->evidence.in_transaction);
  EXPECT_FALSE(Stream("P A1 b1 A2 b2 A3 b3 X commit").repeat('b')->evidence.in_transaction);
  const Stream own("P A1 b1 commit A2 b2 commit A3 b3 commit");
  EXPECT_FALSE(own.repeat('b')->evidence.in_transaction);
  EXPECT_TRUE(own.repeat('b')->evidence.own_transactions);
  EXPECT_FALSE(Stream("P A1 b1 A2 b2 commit A3 b3").repeat('b')->evidence.own_transactions);
}

TEST(LoopStack, TurnsThatOverlapAreInNoTransactionTogether) {
  const std::string overlap = "P A|1 b|1 A|2 b|2 A|3 b|3 A|4 b|4";
  EXPECT_TRUE(Stream(overlap).repeat('A')->evidence.overlaps);
  EXPECT_FALSE(Stream(overlap + " commit").repeat('A')->evidence.in_transaction);
  EXPECT_FALSE(Stream("P A1 b|1 A2 b|2 A3 b|3 commit").repeat('A')->evidence.overlaps) << "of one it is not sure";
  EXPECT_FALSE(Stream(overlap, 1001).repeat('A')->evidence.overlaps);
  EXPECT_FALSE(Stream("P A1 b1 A2 b2 A3 b3 commit commit").repeat('b')->evidence.in_transaction)
      << "two ran at the same time";
}

TEST(LoopStack, ReadsOfWhatIsWrittenAreOfTheWrites) {
  const Repeat twice = *Stream("P A1 a1 A91 A2 a2 A92 A3 a3 A93 A4 a4 A94").repeat('A');
  EXPECT_EQ(twice.beside_writes, twice.count) << "looked up and read back by one statement";
  const Repeat some = *Stream("P A1 a1 A2 A3 a3 A4 A5 A6 a6 A7 A8 A9").repeat('A');
  EXPECT_EQ(some.beside_writes, 3U) << "few rows are written";
  const Repeat mixed = *Stream("P A|1 A|2 A|3 a|1 A|4 A|5 A|6 a|2 A|7 A|8 a|3 A|9").repeat('A');
  EXPECT_EQ(mixed.beside_writes, mixed.count) << "several run at the same time";
  const Repeat untimed = *Stream("P A1 a1 A2 A3 A4 a3 A5 A6", 1000).repeat('A');
  EXPECT_EQ(untimed.beside_writes, untimed.count) << "perhaps they do";
}

TEST(LoopStack, WhatRunsWhenTheLoopIsOverIsNotPartOfIt) {
  const Stream stream("P A1 A2 A3 A4 A5 X1 Y1 Z1 V1 W1");
  EXPECT_EQ(stream.repeat('A')->evidence.foreign, 0U);
  EXPECT_EQ(stream.repeat('A')->evidence.statements, 5U);
}

TEST(LoopStack, TheRowsOfARelationArePartOfTheCall) {
  const Stream stream("P A1 B@1 A2 B@2 A3 B@3");
  EXPECT_EQ(stream.repeat('A')->evidence.reads, 1U);
  EXPECT_EQ(stream.turn('A'), "AB");
  EXPECT_EQ(stream.repeat('B')->call, static_cast<std::uint32_t>('A'));
  EXPECT_EQ(stream.repeat('A')->call, Repeat::kNoShape);
}

TEST(LoopStack, TheLoopsStatementMayHaveRunBefore) {
  EXPECT_EQ(Stream("A9 X P A1 A2 A3 A4").before('A'), "PX");
  EXPECT_EQ(Stream("A9 A8 X P A1 A2 A3 A4").before('A'), "PX");
  EXPECT_EQ(Stream("A1 A2 A3 A4 P A5").before('A'), "") << "it came later";
  const Stream far("A9 B C D E F G H I J K L M N P A1 A2 A3");
  EXPECT_EQ(far.of('A'), "3/3") << "so long ago that it is other work";
  EXPECT_EQ(far.repeat('A')->evidence.foreign, 0U);
  EXPECT_EQ(far.before('A')[0], 'P');
}

TEST(LoopStack, ManyStatementsAtOnceAreBounded) {
  std::string many;
  for (char c = '!'; c < 'A'; ++c) {
    many += std::string(" ") + c + "1";
  }
  const Stream stream("P" + many + " A1 A2 A3" + many + " A4");
  EXPECT_EQ(stream.of('A'), "3/3") << "what lies so far back is over";
}

}  // namespace
}  // namespace budgetcheck
