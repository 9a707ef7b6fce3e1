#include "collect/query_log/shared_requests.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

constexpr double kNoon = 1'795'416'840'000;

QueryLog::OpenRequest request(std::uint64_t key, double first_ms, double last_ms, bool ended = false) {
  return {key, {first_ms, last_ms}, ended};
}

/// A log before this one, whose statements were logged in `span`.
QueryLog log_with(QueryLog::Span span, std::vector<QueryLog::OpenRequest> open) {
  QueryLog log;
  log.input = "app.log.1";
  log.span = span;
  log.open_requests = std::move(open);
  return log;
}

/// What becomes of `here`, the only request of a log, after `before`.
SharedRequests compared(const QueryLog& before, const QueryLog::OpenRequest& here, bool traced = false) {
  PastRequests past;
  past.passed(here.span.first_ms);
  past.passed(here.span.last_ms);
  past.closed(here, traced);
  QueryLog log;
  past.append_to(log);
  return find_shared({before}, log);
}

TEST(SharedRequests, OneThatGoesOnInTheNextLogIsCutInTwo) {
  const QueryLog before = log_with({kNoon, kNoon + 15}, {request(7, kNoon, kNoon + 15)});
  const SharedRequests shared = compared(before, request(7, kNoon + 16, kNoon + 30));
  EXPECT_EQ(shared.split, 1U);
  EXPECT_EQ(shared.shared, 1U);
  EXPECT_EQ(shared.other, "app.log.1");
}

TEST(SharedRequests, TheOrderOfTheInputsDoesNotMatter) {
  const QueryLog later = log_with({kNoon + 16, kNoon + 30}, {request(7, kNoon + 16, kNoon + 30)});
  EXPECT_EQ(compared(later, request(7, kNoon, kNoon + 15)).split, 1U);
}

TEST(SharedRequests, AnotherIdIsNoSharedOne) {
  const QueryLog before = log_with({kNoon, kNoon + 15}, {request(7, kNoon, kNoon + 15)});
  EXPECT_EQ(compared(before, request(8, kNoon + 16, kNoon + 30)).shared, 0U);
}

TEST(SharedRequests, OneThatEndedWasNotCut) {
  const QueryLog before = log_with({kNoon, kNoon + 15}, {request(7, kNoon, kNoon + 15, true)});
  const SharedRequests shared = compared(before, request(7, kNoon + 16, kNoon + 30));
  EXPECT_EQ(shared.split, 0U);
  EXPECT_EQ(shared.shared, 1U);
}

TEST(SharedRequests, TwoProgramsThatCountTheirRequestsRunAtTheSameTime) {
  const QueryLog other = log_with({kNoon - 1000, kNoon + 5000}, {request(7, kNoon, kNoon + 15)});
  EXPECT_EQ(compared(other, request(7, kNoon + 16, kNoon + 30)).split, 0U);
}

TEST(SharedRequests, ALongPauseIsARestart) {
  const QueryLog before = log_with({kNoon, kNoon + 15}, {request(7, kNoon, kNoon + 15)});
  EXPECT_EQ(compared(before, request(7, kNoon + 10'015, kNoon + 10'020)).split, 1U) << "ten seconds are none";
  EXPECT_EQ(compared(before, request(7, kNoon + 10'016, kNoon + 10'020)).split, 0U);
}

TEST(SharedRequests, WithoutTimesNothingIsKnown) {
  const QueryLog before = log_with({}, {request(7, -1, -1)});
  const SharedRequests shared = compared(before, request(7, -1, -1));
  EXPECT_EQ(shared.split, 0U);
  EXPECT_EQ(shared.shared, 1U);
}

TEST(SharedRequests, ATraceMayBeInTheLogsOfSeveralPrograms) {
  const QueryLog before = log_with({kNoon, kNoon + 15}, {request(7, kNoon, kNoon + 15)});
  EXPECT_EQ(compared(before, request(7, kNoon + 16, kNoon + 30), true).shared, 0U);
}

/// A log of `count` requests, one each second, that is compared with one whose last request has this key.
SharedRequests of_many(std::uint64_t count, std::uint64_t key) {
  PastRequests past;
  for (std::uint64_t i = 0; i < count; ++i) {
    const double at_ms = kNoon + 1000 * static_cast<double>(i + 1);
    past.passed(at_ms);
    past.closed(request(i, at_ms, at_ms), false);
  }
  QueryLog log;
  past.append_to(log);
  EXPECT_LE(log.past_requests.size(), PastRequests::kMost);
  return find_shared({log_with({kNoon - 1000, kNoon}, {request(key, kNoon, kNoon)})}, log);
}

TEST(SharedRequests, OfVeryManyThoseAtBothEndsOfTheLogAreKept) {
  constexpr std::uint64_t kMany = 3 * PastRequests::kMost;
  EXPECT_EQ(of_many(kMany, 3).split, 1U) << "a log that was cut goes on at once";
  EXPECT_TRUE(of_many(kMany, 3).at_least);
  EXPECT_EQ(of_many(kMany, kMany - 1).shared, 1U);
  EXPECT_EQ(of_many(kMany, kMany / 2).shared, 0U);
  EXPECT_EQ(of_many(1000, 500).shared, 1U) << "of few, all are";
  EXPECT_FALSE(of_many(1000, 500).at_least);
}

}  // namespace
}  // namespace budgetcheck
