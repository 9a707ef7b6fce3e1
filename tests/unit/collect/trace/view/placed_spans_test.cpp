#include "collect/trace/view/placed_spans.h"

#include <gtest/gtest.h>

#include "unit/collect/trace/view/traces_testing.h"

namespace budgetcheck {
namespace {

constexpr SpanKind kClient = SpanKind::kClient;
constexpr SpanKind kServer = SpanKind::kServer;

/// Where a span lies, in microseconds.
std::pair<std::int64_t, std::int64_t> place(const std::vector<TestSpan>& spans, std::uint32_t span) {
  const TestTrace test(spans);
  const TraceTree tree(test.trace, 0);
  const PlacedSpans placed(test.trace, tree);
  return {placed[span].begin / 1000, placed[span].end / 1000};
}

using Place = std::pair<std::int64_t, std::int64_t>;

TEST(PlacedSpans, OneServiceHasOneClock) {
  const std::vector<TestSpan> spans{{1, 0, "a", 0, 100}, {2, 1, "b", 90, 130}, {3, 1, "c", -5, 10}};
  EXPECT_EQ(place(spans, 0), Place(5, 105));
  EXPECT_EQ(place(spans, 1), Place(95, 135));
  EXPECT_EQ(place(spans, 2), Place(0, 15));
}

TEST(PlacedSpans, AnotherServiceStaysWhereItFits) {
  const std::vector<TestSpan> spans{
      {1, 0, "a", 0, 100}, {2, 1, "call", 10, 60, "api", kClient}, {3, 2, "b", 15, 45, "users", kServer}};
  EXPECT_EQ(place(spans, 2), Place(15, 45));
}

TEST(PlacedSpans, AnotherServicesClockThatDoesNotFitIsNotBelieved) {
  const std::vector<TestSpan> spans{{1, 0, "a", 0, 100},
                                    {2, 1, "call", 10, 60, "api", kClient},
                                    {3, 2, "b", 5'000, 5'030, "users", kServer},
                                    {4, 3, "below", 5'010, 5'020, "users"}};
  EXPECT_EQ(place(spans, 2), Place(20, 50));
  EXPECT_EQ(place(spans, 3), Place(30, 40));  // with its own service's clock
}

TEST(PlacedSpans, WhatOutlastsItsCallBeginsWithIt) {
  const std::vector<TestSpan> spans{
      {1, 0, "a", 0, 100}, {2, 1, "call", 10, 60, "api", kClient}, {3, 2, "b", -900, -700, "users", kServer}};
  EXPECT_EQ(place(spans, 2), Place(10, 210));
}

TEST(PlacedSpans, AMessageIsHandledAfterItWasSent) {
  const std::vector<TestSpan> spans{{1, 0, "a", 0, 100},
                                    {2, 1, "send", 10, 20, "api", SpanKind::kProducer},
                                    {3, 2, "handle", 9'000, 9'030, "jobs", SpanKind::kConsumer}};
  EXPECT_EQ(place(spans, 2), Place(20, 50));
}

TEST(PlacedSpans, AServiceThatCallsItselfMayRunOnTwoMachines) {
  const std::vector<TestSpan> spans{
      {1, 0, "a", 0, 100}, {2, 1, "call", 10, 60, "api", kClient}, {3, 2, "b", 0, 30, "api", kServer}};
  EXPECT_EQ(place(spans, 2), Place(20, 50));
}

TEST(PlacedSpans, RingsMissingParentsAndWrongTimesHaveAPlace) {
  const TestTrace test({{1, 2, "a", 0, 100},
                        {2, 1, "b", 10, 20},
                        {3, 3, "own parent", 10, 20},
                        {4, 9, "torn", 5, 8},
                        {5, 9, "of another service", 5, 8, "jobs"},
                        {6, 1, "backwards", 90, 10},
                        {7, 1, "far away", 0, 9'000'000'000'000}});
  const TraceTree tree(test.trace, 0);
  const PlacedSpans placed(test.trace, tree);
  std::size_t reached = 0;
  std::vector<std::uint32_t> open(placed.roots());
  while (!open.empty() && reached < 100) {
    const std::uint32_t span = open.back();
    open.pop_back();
    ++reached;
    EXPECT_GE(placed[span].begin, 0);
    EXPECT_LE(placed[span].begin, placed[span].end);
    open.insert(open.end(), placed.children(span).begin(), placed.children(span).end());
  }
  EXPECT_EQ(reached, 7U);
  EXPECT_LE(placed.end(), std::int64_t{31} * 24 * 3600 * 1'000'000'000);
}

TEST(PlacedSpans, CoarseClocksHaveACoarserTick) {
  const TestTrace fine({{1, 0, "a", 0, 100}});
  const TestTrace coarse({{1, 0, "a", 0, 100}}, 1'700'000'000'000'000);
  EXPECT_EQ(PlacedSpans(fine.trace, TraceTree(fine.trace, 0)).tick(), 10'000);
  EXPECT_EQ(PlacedSpans(coarse.trace, TraceTree(coarse.trace, 0)).tick(), 1'000'000);
}

}  // namespace
}  // namespace budgetcheck
