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
  SharedRequests shared;
  shared.compare_with({before});
  shared.passed(here.span.first_ms);
  shared.passed(here.span.last_ms);
  shared.closed(here, traced);
  shared.settle();
  return shared;
}

TEST(SharedRequests, OneThatGoesOnInTheNextLogIsCutInTwo) {
  const QueryLog before = log_with({kNoon, kNoon + 15}, {request(7, kNoon, kNoon + 15)});
  const SharedRequests shared = compared(before, request(7, kNoon + 16, kNoon + 30));
  EXPECT_EQ(shared.split(), 1U);
  EXPECT_EQ(shared.shared(), 1U);
  EXPECT_EQ(shared.other(), "app.log.1");
}

TEST(SharedRequests, TheOrderOfTheInputsDoesNotMatter) {
  const QueryLog later = log_with({kNoon + 16, kNoon + 30}, {request(7, kNoon + 16, kNoon + 30)});
  EXPECT_EQ(compared(later, request(7, kNoon, kNoon + 15)).split(), 1U);
}

TEST(SharedRequests, AnotherIdIsNoSharedOne) {
  const QueryLog before = log_with({kNoon, kNoon + 15}, {request(7, kNoon, kNoon + 15)});
  EXPECT_EQ(compared(before, request(8, kNoon + 16, kNoon + 30)).shared(), 0U);
}

TEST(SharedRequests, OneThatEndedWasNotCut) {
  const QueryLog before = log_with({kNoon, kNoon + 15}, {request(7, kNoon, kNoon + 15, true)});
  const SharedRequests shared = compared(before, request(7, kNoon + 16, kNoon + 30));
  EXPECT_EQ(shared.split(), 0U);
  EXPECT_EQ(shared.shared(), 1U);
}

TEST(SharedRequests, TwoProgramsThatCountTheirRequestsRunAtTheSameTime) {
  const QueryLog other = log_with({kNoon - 1000, kNoon + 5000}, {request(7, kNoon, kNoon + 15)});
  EXPECT_EQ(compared(other, request(7, kNoon + 16, kNoon + 30)).split(), 0U);
}

TEST(SharedRequests, ALongPauseIsARestart) {
  const QueryLog before = log_with({kNoon, kNoon + 15}, {request(7, kNoon, kNoon + 15)});
  EXPECT_EQ(compared(before, request(7, kNoon + 10'015, kNoon + 10'020)).split(), 1U) << "ten seconds are none";
  EXPECT_EQ(compared(before, request(7, kNoon + 10'016, kNoon + 10'020)).split(), 0U);
}

TEST(SharedRequests, WithoutTimesNothingIsKnown) {
  const QueryLog before = log_with({}, {request(7, -1, -1)});
  const SharedRequests shared = compared(before, request(7, -1, -1));
  EXPECT_EQ(shared.split(), 0U);
  EXPECT_EQ(shared.shared(), 1U);
}

TEST(SharedRequests, ATraceMayBeInTheLogsOfSeveralPrograms) {
  const QueryLog before = log_with({kNoon, kNoon + 15}, {request(7, kNoon, kNoon + 15)});
  EXPECT_EQ(compared(before, request(7, kNoon + 16, kNoon + 30), true).shared(), 0U);
}

}  // namespace
}  // namespace budgetcheck
