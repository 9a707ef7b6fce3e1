#include "cli/trace/trace_pick.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file_system.h"
#include "collect/collect.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

std::string span(const std::string& trace, const std::string& id, const std::string& service, const std::string& route,
                 int milliseconds) {
  return R"({"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":")" + service +
         R"("}}]},"scopeSpans":[{"spans":[{"traceId":")" + trace + R"(","spanId":")" + id +
         R"(","name":"GET","kind":2,"startTimeUnixNano":"1700000000100000000","endTimeUnixNano":"17000000001)" +
         std::to_string(milliseconds) + R"(0000000","attributes":[{"key":"http.route","value":{"stringValue":")" +
         route + R"("}}]}]}]}]})" + "\n";
}

/// Three traces: 10 and 30 ms of one route, 20 ms of another service.
std::string three() {
  return span("aa000000000000000000000000000001", "0000000000000001", "api", "/users/:id", 1) +
         span("aa000000000000000000000000000002", "0000000000000002", "api", "/users/:id", 3) +
         span("bb000000000000000000000000000003", "0000000000000003", "jobs", "/nightly", 2);
}

ExpectedAll<std::vector<TraceView>> picked(TraceChoice choice, const std::string& spans = three()) {
  MemoryFileSystem files;
  files.add("t.jsonl", spans);
  TracePick pick(std::move(choice));
  CollectOptions how;
  how.traces = &pick;
  InputSpec input;
  input.path = "t.jsonl";
  collect(files, {input}, {}, how);
  return pick.views();
}

std::string ids(TraceChoice choice) {
  std::string out;
  const auto views = picked(std::move(choice));
  if (!views) {
    return to_string(views.error().front());
  }
  for (const TraceView& view : *views) {
    out += view.id.substr(31);
  }
  return out;
}

TEST(TracePick, TheSlowestUnlessMoreIsSaid) {
  EXPECT_EQ(ids({}), "2");
  EXPECT_EQ(ids({"", "", "", 3}), "231");
  EXPECT_EQ(ids({"", "", "jobs", 1}), "3");
  EXPECT_EQ(ids({"", "/users/:id", "", 5}), "21");
}

TEST(TracePick, TheBeginningOfAnIdIsEnough) {
  EXPECT_EQ(ids({"bb", "", "", 1}), "3");
  EXPECT_EQ(ids({"AA000000000000000000000000000001", "", "", 1}), "1");
  EXPECT_THAT(ids({"aa0", "", "", 1}), HasSubstr("the ids of 2 traces begin with 'aa0' (give more of it: aa0"));
}

TEST(TracePick, AnIdMayBeAsShortAsItsFileHasIt) {
  const std::string zipkin = span("1593308f2f565aae", "1", "api", "/a", 1);
  for (const std::string asked : {"1593308f2f565aae", "1593308F2F565AAE", "00000000000000001593308f2f565aae"}) {
    const auto views = picked({asked, "", "", 1}, zipkin);
    ASSERT_TRUE(views) << asked;
    EXPECT_EQ(views->front().id, "00000000000000001593308f2f565aae");
  }
  EXPECT_FALSE(picked({"1593308f", "", "", 1}, zipkin));
}

TEST(TracePick, WhatIsNotThereNamesTheNearest) {
  EXPECT_THAT(ids({"bb1", "", "", 1}),
              HasSubstr("no trace has the id 'bb1' (the nearest is 'bb000000000000000000000000000003')"));
  EXPECT_THAT(ids({"ff", "", "", 1}), HasSubstr("leave --trace out to see the slowest of 3 traces"));
  EXPECT_THAT(ids({"", "/user/:id", "", 1}), HasSubstr("did you mean '/users/:id'?"));
  EXPECT_THAT(ids({"", "/us", "", 1}), HasSubstr("did you mean '/users/:id'?"));
  EXPECT_THAT(ids({"", "/x", "", 1}), HasSubstr("there are: /nightly, /users/:id"));
  EXPECT_THAT(ids({"", "", "job", 1}), HasSubstr("no request has the service 'job' (did you mean 'jobs'?"));
}

TEST(TracePick, AViewKnowsItsRequest) {
  const auto views = picked({"", "/nightly", "", 1});
  ASSERT_TRUE(views);
  EXPECT_EQ(views->front().service, "jobs");
  EXPECT_EQ(views->front().location.line, 3U);
  EXPECT_EQ(views->front().location.file, "t.jsonl");
}

}  // namespace
}  // namespace budgetcheck
