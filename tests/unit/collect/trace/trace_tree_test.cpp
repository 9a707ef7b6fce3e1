#include "collect/trace/trace_tree.h"

#include <gtest/gtest.h>

#include "unit/collect/trace/view/traces_testing.h"

namespace budgetcheck {
namespace {

using Spans = std::vector<TestSpan>;

constexpr SpanKind kServer = SpanKind::kServer;

/// The place of a span among those of the trace, or -1.
int place(std::uint32_t span) { return span == TraceTree::kNone ? -1 : static_cast<int>(span); }

/// "parent/root/request" of every span.
std::string tree_of(const Spans& spans) {
  const TestTrace test(spans);
  const TraceTree tree(test.trace, 0);
  std::string out;
  for (std::uint32_t i = 0; i < spans.size(); ++i) {
    out += (i == 0 ? "" : " ") + std::to_string(place(tree.parent(i))) + "/" + std::to_string(place(tree.root(i))) +
           "/" + std::to_string(place(tree.request(i))) + (tree.is_orphan(i) ? "?" : "") +
           (tree.is_repeated(i) ? "=" : "");
  }
  return out;
}

/// The places of the statements that count.
std::string statements_of(const Spans& spans, const std::string& operation = "") {
  TestTrace test(spans);
  const TraceTree tree(test.trace, operation.empty() ? 0 : test.names.number_of(operation));
  std::string out;
  for (const std::uint32_t span : tree.statements()) {
    out += (out.empty() ? "" : " ") + std::to_string(span);
  }
  return out;
}

TEST(TraceTree, ARequestIsWhatIsBelowItInItsService) {
  EXPECT_EQ(tree_of({{1, 0, "GET", 0, 9, "web", kServer},
                     {2, 1, "call", 1, 8, "web"},
                     {3, 2, "GET", 2, 7, "api", kServer},
                     {4, 3, "work", 3, 4, "api"},
                     {5, 2, "odd", 3, 4, "cache"}}),
            "-1/0/0 0/0/0 1/0/2 2/0/2 1/0/-1");
}

TEST(TraceTree, ParentsMayComeLastOrNotAtAll) {
  EXPECT_EQ(tree_of({{2, 1, "b", 1, 2}, {1, 0, "a", 0, 9, "api", kServer}}), "1/1/1 -1/1/1");
  EXPECT_EQ(tree_of({{2, 7, "b", 1, 2}}), "-1/0/-1?");
}

TEST(TraceTree, SpansWithoutAnIdAreOfNobody) {
  EXPECT_EQ(tree_of({{0, 0, "a", 0, 9, "api", kServer}, {0, 0, "b", 1, 2}, {3, 0, "c", 1, 2}}),
            "-1/0/0 -1/1/-1 -1/2/-1");
}

TEST(TraceTree, ASpanThatWasReadTwiceIsRepeated) {
  EXPECT_EQ(tree_of({{1, 0, "a", 0, 9, "api", kServer}, {1, 0, "a", 0, 9, "api", kServer}, {2, 1, "b", 1, 2}}),
            "-1/0/0 -1/1/1= 0/0/0");
}

TEST(TraceTree, ServersOfZipkinShareTheIdOfTheCall) {
  const Spans shared{{1, 0, "GET", 0, 9, "web", SpanKind::kClient},
                     {1, 0, "GET", 2, 7, "api", kServer},
                     {2, 1, "work", 3, 4, "api"},
                     {3, 1, "write", 3, 4, "web"}};
  EXPECT_EQ(tree_of(shared), "-1/0/-1 -1/1/1 1/1/1 0/0/-1") << "the parent of the own service";
}

TEST(TraceTree, RingsAreCutAndCounted) {
  const Spans ring{{1, 2, "a", 0, 9}, {2, 3, "b", 0, 9}, {3, 1, "c", 0, 9}, {4, 4, "d", 0, 9}};
  const TestTrace test(ring);
  const TraceTree tree(test.trace, 0);
  EXPECT_EQ(tree.rings(), 2U) << "of three, and of one that is its own parent";
  EXPECT_EQ(tree.root(0), tree.root(2));
  EXPECT_EQ(place(tree.parent(3)), -1);
}

TEST(TraceTree, AStatementWithinAnotherIsCountedOnce) {
  const std::string sql = "SELECT a FROM t";
  EXPECT_EQ(statements_of({{1, 0, "db_query", 0, 9, "api", SpanKind::kClient, sql},
                           {2, 1, "pool", 1, 8},
                           {3, 2, "pg", 2, 7, "api", SpanKind::kClient, "SELECT a FROM t /* b */"}}),
            "0");
  EXPECT_EQ(statements_of({{1, 0, "db_query", 0, 9, "web", SpanKind::kClient, sql},
                           {2, 1, "pg", 2, 7, "api", SpanKind::kClient, sql}}),
            "0 1")
      << "what another service asks is its own";
}

TEST(TraceTree, OneCallSeenByTwoInstrumentationsSideBySideIsCountedOnce) {
  const std::string sql = "SELECT a FROM t";
  const Spans beside{{1, 0, "operation", 0, 90},
                     {2, 1, "engine", 1, 9, "api", SpanKind::kClient, sql},
                     {3, 1, "pg", 2, 8, "api", SpanKind::kClient, sql},
                     {4, 1, "engine", 20, 29, "api", SpanKind::kClient, sql},
                     {5, 1, "pg", 21, 28, "api", SpanKind::kClient, sql}};
  EXPECT_EQ(statements_of(beside, "operation"), "1 3");
  Spans apart = beside;
  apart[2].begin = 40;
  apart[2].end = 48;
  EXPECT_EQ(statements_of(apart, "operation"), "1 3 2") << "one that overlaps none is a call of its own";
}

TEST(TraceTree, StatementsComeInTheOrderInWhichTheyBegan) {
  EXPECT_EQ(statements_of({{1, 0, "q", 20, 30, "api", SpanKind::kClient, "SELECT b FROM t"},
                           {2, 0, "q", 10, 15, "api", SpanKind::kClient, "SELECT a FROM t"}}),
            "1 0");
}

}  // namespace
}  // namespace budgetcheck
