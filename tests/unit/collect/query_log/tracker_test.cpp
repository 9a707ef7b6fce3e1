#include "collect/query_log/tracker.h"

#include <gtest/gtest.h>

#include <sstream>

namespace budgetcheck {
namespace {

/// Runs "r1 w1 r2 …" in one request: r reads and w writes table 1 or 2, each time with other parameters; a letter more
/// (r1b) is another statement on that table. p asks only whether a row exists.
const Repeat* repeat_of(const std::string& statements, const std::string& wanted, QueryTracker& tracker) {
  std::vector<std::string> shapes;
  std::istringstream in(statements);
  std::uint64_t n = 0;
  for (std::string name; in >> name;) {
    const auto known = std::find(shapes.begin(), shapes.end(), name);
    const auto shape = static_cast<std::uint32_t>(known - shapes.begin());
    if (known == shapes.end()) {
      shapes.push_back(name);
    }
    Execution execution;
    execution.shape = shape;
    execution.verb = name[0] == 'r' || name[0] == 'p' ? Verb::kSelect : name[0] == 'i' ? Verb::kInsert : Verb::kUpdate;
    execution.probe = name[0] == 'p';
    execution.has_table = name[1] != '0';
    execution.table = static_cast<std::uint64_t>(name[1]);
    execution.params.known = true;
    execution.params.all = execution.params.unpaged = execution.params.rest = ++n;
    tracker.execute(1, "req", execution);
  }
  tracker.finish();
  for (const QueryTracker::Found& found : tracker.found()) {
    if (shapes.at(found.repeat.shape) == wanted) {
      return &found.repeat;
    }
  }
  return nullptr;
}

std::uint64_t beside(const std::string& statements, const std::string& wanted = "r1") {
  QueryTracker tracker;
  const Repeat* repeat = repeat_of(statements, wanted, tracker);
  return repeat == nullptr ? 99 : repeat->beside_writes;
}

TEST(QueryTracker, CountsReadsThatArePartOfWritesToTheirTable) {
  EXPECT_EQ(beside("w1 r1 w1 r1 w1 r1"), 3U) << "read back after each write";
  EXPECT_EQ(beside("r1 w1 r1 w1 r1 w1"), 3U) << "looked up for each write";
  EXPECT_EQ(beside("i1 r1 i1 r1"), 2U);
  EXPECT_EQ(beside("r1 w1 r1 r1 w1 r1 r1 w1 r1"), 6U) << "looked up and read back by one statement";
  EXPECT_EQ(beside("r1 r1 r1 r1 r1 r1 w1 w1 w1"), 1U);
  EXPECT_EQ(beside("r1 r1 r1 w1"), 1U);
  EXPECT_EQ(beside("r1 r1 r1"), 0U);
  EXPECT_EQ(beside("w2 r1 w2 r1"), 0U) << "of another table";
  EXPECT_EQ(beside("w0 r0 w0 r0", "r0"), 0U) << "no table is known";
}

TEST(QueryTracker, OtherStatementsMayStandBetweenAReadAndItsWrite) {
  EXPECT_EQ(beside("r1 r2 w1 r1 r2 w1"), 2U);
  EXPECT_EQ(beside("w1 w2 r2 r1 w1 w2 r2 r1"), 2U);
  EXPECT_EQ(beside("r1 r1b w1 r1 r1b w1", "r1b"), 2U) << "two reads for one write";
}

TEST(QueryTracker, AsManyReadsAsWritesBelongTogetherWhenTheyRunInParallel) {
  EXPECT_EQ(beside("r1 r1 r1 r1 r1 w1 w1 w1 w1 w1"), 5U);
  EXPECT_EQ(beside("r1 r1 r1 r1 r1 i1 i1 w1 w1"), 5U) << "an upsert inserts or updates; one may have failed";
  EXPECT_EQ(beside("r1 r1 r1 r1 r1 w1 w1 w1"), 1U);
  EXPECT_EQ(beside("r1 r1 r1 r1 w1 w1 w1 w1 w1 w1"), 1U) << "far more writes are a loop of their own";
  EXPECT_EQ(beside("r1 r1 r1 r1 r1 w2 w2 w2 w2 w2"), 0U);
}

TEST(QueryTracker, AProbeBelongsToAWriteOfAnyTable) {
  EXPECT_EQ(beside("p1 w2 p1 w2 p1 w2", "p1"), 3U);
  EXPECT_EQ(beside("p1 p1 p1 w2 w2 w2 w2 w2", "p1"), 3U);
  EXPECT_EQ(beside("p1 p1 p1 w2", "p1"), 0U);
  EXPECT_EQ(beside("r1 w2 r1 w2 r1 w2"), 0U) << "it brings values";
}

std::vector<std::uint32_t> before(const std::string& statements, const std::string& wanted) {
  QueryTracker tracker;
  const Repeat* repeat = repeat_of(statements, wanted, tracker);
  return repeat == nullptr ? std::vector<std::uint32_t>{99} : repeat->before;
}

TEST(QueryTracker, KeepsTheRarerReadsBeforeALoopTheLastFirst) {
  using Shapes = std::vector<std::uint32_t>;
  EXPECT_EQ(before("r2 r3 r1 r1 r1", "r1"), (Shapes{1, 0}));
  EXPECT_EQ(before("r2 w3 r1 r1 r1", "r1"), (Shapes{0})) << "writes feed no loop";
  EXPECT_EQ(before("r2 r2 r1 r1 r1 r1", "r1"), (Shapes{0}));
  EXPECT_EQ(before("r2 r2 r1 r1 r1", "r1"), (Shapes{})) << "one that runs as often is a loop of its own";
  EXPECT_EQ(before("r1 r1 r1 r2", "r1"), (Shapes{})) << "it came later";
  EXPECT_EQ(before("r2 r3 r4 r5 r6 r7 r8 r9 ra rb r1 r1", "r1").size(), 8U);
}

}  // namespace
}  // namespace budgetcheck
