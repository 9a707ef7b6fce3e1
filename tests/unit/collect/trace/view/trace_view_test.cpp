#include "collect/trace/view/trace_view.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/collect/trace/view/traces_testing.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using Lines = std::vector<std::string>;

/// "1 3x pg.query SELECT …": depth, count, name and detail of each row.
Lines rows_of(const TraceView& view) {
  Lines out;
  for (const TraceRow& row : view.rows) {
    out.push_back(
        fmt::format("{} {}x {}{}{}", row.depth, row.spans, row.name, row.detail.empty() ? "" : " ", row.detail));
  }
  return out;
}

TestSpan query(std::uint64_t id, std::uint64_t parent, std::int64_t begin, const std::string& sql) {
  return {id, parent, "pg.query:SELECT shop", begin, begin + 10, "api", SpanKind::kClient, sql};
}

TEST(TraceView, RowsAreInTheOrderOfTime) {
  const TestTrace test(
      {query(3, 1, 500, "SELECT a FROM t WHERE b = 'x'"), {2, 1, "auth", 100, 300}, {1, 0, "root", 0, 900}});
  const TraceView view = test.view();
  EXPECT_EQ(rows_of(view), Lines({"0 1x root", "1 1x auth", "1 1x pg.query SELECT a FROM t WHERE b = ?"}));
  EXPECT_EQ(view.id, "00000000000000010000000000000002");
  EXPECT_DOUBLE_EQ(view.duration_ms, 0.9);
  EXPECT_DOUBLE_EQ(view.rows[2].start_ms, 0.5);
  EXPECT_EQ(view.spans, 3U);
  EXPECT_EQ(view.services, 1U);
}

TEST(TraceView, ThreeThatSayTheSameAreOneRow) {
  std::vector<TestSpan> spans{{1, 0, "root", 0, 900}};
  for (std::uint64_t i = 0; i < 3; ++i) {
    spans.push_back(
        query(10 + i, 1, static_cast<std::int64_t>(100 * i), "SELECT a FROM t WHERE b = " + std::to_string(i)));
  }
  const TraceView view = TestTrace(spans).view();
  EXPECT_EQ(rows_of(view), Lines({"0 1x root", "1 3x pg.query SELECT a FROM t WHERE b = ?"}));
  EXPECT_DOUBLE_EQ(view.rows[1].total_ms, 0.03);
  EXPECT_DOUBLE_EQ(view.rows[1].end_ms, 0.21);
  EXPECT_EQ(view.rows[1].bars.size(), 3U);
  spans.pop_back();
  EXPECT_EQ(TestTrace(spans).view().rows.size(), 3U);
}

TEST(TraceView, OneThatFailedIsARowOfItsOwn) {
  std::vector<TestSpan> spans{{1, 0, "root", 0, 900}};
  for (std::uint64_t i = 0; i < 4; ++i) {
    spans.push_back({10 + i, 1, "work", 100, 200});
  }
  spans.back().failed = true;
  const TraceView view = TestTrace(spans).view();
  EXPECT_EQ(rows_of(view), Lines({"0 1x root", "1 3x work", "1 1x work"}));
  EXPECT_TRUE(view.rows[2].failed);
}

TEST(TraceView, WhatLiesBelowOneRowIsFoldedToo) {
  std::vector<TestSpan> spans{{1, 0, "root", 0, 900}};
  for (std::uint64_t i = 0; i < 3; ++i) {
    const auto begin = static_cast<std::int64_t>(100 * i);
    spans.push_back({10 + i, 1, "item", begin, begin + 50});
    spans.push_back(query(20 + i, 10 + i, begin, "SELECT 1 FROM t"));
  }
  spans.push_back({30, 10, "once", 1, 2});
  EXPECT_EQ(rows_of(TestTrace(spans).view()),
            Lines({"0 1x root", "1 3x item", "2 3x pg.query SELECT ? FROM t", "2 1x once"}));
}

TEST(TraceView, NothingThatWasCapturedIsShown) {
  const TestTrace test(
      {{1, 0, "GET /users/jane@example.org/17?token=abc", 0, 900, "api", SpanKind::kServer},
       {2, 1, "SELECT * FROM users WHERE mail = 'jane@example.org'", 0, 9},
       {3, 1, "GET", 10, 20, "api", SpanKind::kClient, "", "https://u:p@users.example/v1/users/4711?mail=x"},
       {4, 1, "load chart 17", 30, 40},
       {5, 1, "mail jane@example.org", 50, 60}});
  EXPECT_EQ(rows_of(test.view()),
            Lines({"0 1x GET /users/:id/:id", "1 1x SELECT * FROM users WHERE mail = ?",
                   "1 1x GET users.example/v1/users/:id", "1 1x load chart {id}", "1 1x mail …"}));
}

TEST(TraceView, OneStatementInTwoSpansIsSaidOnce) {
  TestTrace test({{1, 0, "root", 0, 900}, query(2, 1, 0, "SELECT a FROM t"), query(3, 2, 1, "SELECT a FROM t")});
  EXPECT_EQ(rows_of(test.view()), Lines({"0 1x root", "1 1x pg.query SELECT a FROM t", "2 1x pg.query:SELECT"}));
}

TEST(TraceView, OfTooManyRowsTheLongestStay) {
  std::vector<TestSpan> spans{{1, 0, "root", 0, 900}};
  for (std::uint64_t i = 1; i <= 20; ++i) {
    const std::string name(1, static_cast<char>('a' + i));
    spans.push_back({10 + i, 1, name, 0, static_cast<std::int64_t>(i)});
    spans.push_back({50 + i, 10 + i, name + "-below", 0, 0});
  }
  const TraceView view = TestTrace(spans).view({4, 100});
  EXPECT_EQ(rows_of(view), Lines({"0 1x root", "1 1x s", "1 1x t", "1 1x u"}));
  EXPECT_EQ(view.rows[0].hidden, 34U);
  EXPECT_EQ(view.rows[1].hidden, 1U);
  EXPECT_EQ(view.hidden, 0U);
}

TEST(TraceView, BarsAreBounded) {
  std::vector<TestSpan> spans{{1, 0, "root", 0, 10'000}};
  for (std::uint64_t i = 0; i < 100; ++i) {
    const auto begin = static_cast<std::int64_t>(100 * i);
    spans.push_back({10 + i, 1, "work", begin, begin + 10});
  }
  const TraceView view = TestTrace(spans).view({10, 20});
  ASSERT_EQ(view.rows.size(), 2U);
  EXPECT_LE(view.rows[1].bars.size(), 20U);
  EXPECT_DOUBLE_EQ(view.rows[1].bars.back().end_ms, 9.91);
}

TEST(TraceView, RingsAndMissingParentsAreTold) {
  const TraceView view = TestTrace({{1, 2, "a", 0, 100}, {2, 1, "b", 10, 20}, {3, 9, "torn", 5, 8}}).view();
  EXPECT_EQ(view.rings, 1U);
  EXPECT_EQ(view.torn, 1U);
  EXPECT_EQ(view.rows.size(), 3U);
}

TEST(TraceView, AnotherServiceThatWasMovedSaysSo) {
  const TraceView view = TestTrace({{1, 0, "a", 0, 100},
                                    {2, 1, "call", 10, 60, "api", SpanKind::kClient},
                                    {3, 2, "b", 5'000, 5'030, "users", SpanKind::kServer}})
                             .view();
  EXPECT_FALSE(view.rows[1].moved);
  EXPECT_TRUE(view.rows[2].moved);
  EXPECT_EQ(view.services, 2U);
  EXPECT_DOUBLE_EQ(view.duration_ms, 0.1);
}

TEST(TraceView, AnEmptyTraceHasNoRows) { EXPECT_TRUE(TestTrace({}).view().rows.empty()); }

}  // namespace
}  // namespace budgetcheck
