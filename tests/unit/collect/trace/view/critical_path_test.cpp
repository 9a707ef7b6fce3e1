#include "collect/trace/view/critical_path.h"

#include <gtest/gtest.h>

#include "unit/collect/trace/view/traces_testing.h"

namespace budgetcheck {
namespace {

/// How long each span was waited for, in microseconds; -1: it is not on the path.
constexpr std::int64_t kFineClock = 1'700'000'000'000'007;
constexpr std::int64_t kCoarseClock = 1'700'000'000'000'000;

std::vector<std::int64_t> waited(const std::vector<TestSpan>& spans, std::int64_t clock = kFineClock) {
  const TestTrace test(spans, clock);
  const TraceTree tree(test.trace, 0);
  const PlacedSpans placed(test.trace, tree);
  const CriticalPath path(placed, spans.size(), 0);
  std::vector<std::int64_t> out;
  for (std::uint32_t i = 0; i < spans.size(); ++i) {
    out.push_back(path.holds(i) ? path.waited(i) / 1000 : -1);
  }
  return out;
}

using Waited = std::vector<std::int64_t>;

TEST(CriticalPath, CallsOneAfterTheOtherAreAllOnIt) {
  EXPECT_EQ(waited({{1, 0, "a", 0, 1000}, {2, 1, "b", 100, 400}, {3, 1, "c", 400, 900}}), Waited({200, 300, 500}));
}

TEST(CriticalPath, OfCallsBesideEachOtherTheLastIsWaitedFor) {
  EXPECT_EQ(waited({{1, 0, "a", 0, 1000}, {2, 1, "b", 100, 700}, {3, 1, "c", 100, 900}, {4, 2, "d", 200, 600}}),
            Waited({200, -1, 800, -1}));
}

TEST(CriticalPath, ItGoesThroughWhatLiesBelow) {
  EXPECT_EQ(waited({{1, 0, "a", 0, 1000}, {2, 1, "b", 100, 900}, {3, 2, "c", 200, 800}}), Waited({200, 200, 600}));
}

TEST(CriticalPath, WhatRunsOnHoldsNothingUp) {
  EXPECT_EQ(waited({{1, 0, "a", 0, 1000}, {2, 1, "audit", 100, 5000}, {3, 1, "after", 2000, 3000}}),
            Waited({1000, -1, -1}));
}

TEST(CriticalPath, WhatFillsARequestOfNodeIsWaitedForThoughItSeemsToEndLater) {
  const std::vector<TestSpan> express{{1, 0, "GET", 0, 100'000}, {2, 1, "middleware", 6000, 104'000}};
  EXPECT_EQ(waited(express, kCoarseClock), Waited({6000, 94'000}));
  EXPECT_EQ(waited(express), Waited({100'000, -1})) << "a clock that can be compared";
  EXPECT_EQ(waited({{1, 0, "GET", 0, 100'000}, {2, 1, "audit", 6000, 106'000}}, kCoarseClock), Waited({100'000, -1}))
      << "it ends more than a twentieth later";
  EXPECT_EQ(waited({{1, 0, "GET", 0, 100'000}, {2, 1, "audit", 20'000, 104'000}}, kCoarseClock), Waited({100'000, -1}))
      << "it fills less than nine tenths";
}

TEST(CriticalPath, ACallThatWasGivenUpIsWaitedForUntilThen) {
  EXPECT_EQ(waited({{1, 0, "a", 0, 1000},
                    {2, 1, "call", 100, 900, "api", SpanKind::kClient},
                    {3, 2, "slow", 7000, 12'000, "users", SpanKind::kServer}}),
            Waited({200, 0, 800}));
}

TEST(CriticalPath, ATickBetweenTwoCallsIsNoOverlap) {
  EXPECT_EQ(waited({{1, 0, "a", 0, 1000}, {2, 1, "b", 100, 408}, {3, 1, "c", 400, 900}}), Waited({200, 300, 500}));
  EXPECT_EQ(waited({{1, 0, "a", 0, 1000}, {2, 1, "b", 100, 412}, {3, 1, "c", 400, 900}}), Waited({500, -1, 500}));
}

TEST(CriticalPath, AChainOfAnyLengthTakesNoStack) {
  std::vector<TestSpan> spans;
  for (std::uint64_t i = 1; i <= 50'000; ++i) {
    spans.push_back({i, i - 1, "a", 0, 100});
  }
  EXPECT_EQ(waited(spans).back(), 100);
}

}  // namespace
}  // namespace budgetcheck
