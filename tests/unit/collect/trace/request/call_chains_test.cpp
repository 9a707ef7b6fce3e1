#include "collect/trace/request/call_chains.h"

#include <gtest/gtest.h>

#include "unit/collect/trace/trace_testing.h"

namespace budgetcheck {
namespace {

using namespace trace_testing;

/// One request for each of the paths, with calls of 20 ms one after the other; "{n}" in their URLs is the request's own
/// number, and "{new}" one that nobody had before.
std::vector<SpanText> requests(const std::string& route, const std::vector<std::string>& urls, int count = 3) {
  std::vector<SpanText> spans;
  for (int i = 0; i < count; ++i) {
    const std::string trace = "a" + std::to_string(i + 1);
    SpanText request = server("f" + std::to_string(i), route, 100);
    request.trace = trace;
    request.attributes.emplace_back("url.path", "/page/" + std::to_string(700 + i * 11));
    spans.push_back(request);
    for (std::size_t k = 0; k < urls.size(); ++k) {
      std::string url = urls[k];
      const auto put = [&](const std::string& name, const std::string& value) {
        if (const std::size_t at = url.find(name); at != std::string::npos) {
          url.replace(at, name.size(), value);
        }
      };
      put("{n}", std::to_string(700 + i * 11));
      put("{new}", std::to_string(40'000 + i * 1000 + static_cast<int>(k) * 17));
      const double begin = 1 + 21 * static_cast<double>(k);
      SpanText one = call("c" + std::to_string(i * 100 + static_cast<int>(k)), request.id, url, begin, begin + 20);
      one.trace = trace;
      spans.push_back(one);
    }
  }
  return spans;
}

/// The chain's calls with "!" at those that depend on others; empty: there is no chain.
std::string chain(const std::vector<SpanText>& spans) {
  const TraceRead read = read_spans(spans);
  std::string text;
  for (const SerialCalls& serial : read.facts.traces.serial) {
    for (const SerialCalls::Call& one : serial.calls) {
      text += (text.empty() ? "" : ", ") + one.name + (one.independent ? "" : "!");
    }
    text += " in " + std::to_string(serial.requests) + " of " + std::to_string(serial.route_requests);
  }
  return text;
}

TEST(CallChains, CallsWithFixedTextOrTheRequestsOwnIdsAreIndependent) {
  EXPECT_EQ(chain(requests("/page/:id", {"http://s/users/{n}", "http://s/rooms", "http://s/duty?day=today"})),
            "GET s/users/:id, GET s/rooms, GET s/duty?day in 3 of 3");
}

TEST(CallChains, AnIdThatNobodyKnewBeforeCameFromAnAnswer) {
  EXPECT_EQ(chain(requests("/page/:id", {"http://s/users/{n}", "http://s/teams/{new}", "http://s/plans/{new}"})),
            "GET s/users/:id, GET s/teams/:id!, GET s/plans/:id! in 3 of 3");
  EXPECT_EQ(chain(requests("/page/:id", {"http://s/users/{n}", "http://s/teams/17", "http://s/rooms"}, 1)),
            "GET s/users/:id, GET s/teams/:id!, GET s/rooms in 1 of 1")
      << "one request cannot tell whether it stands in the program";
  EXPECT_EQ(chain(requests("/page/:id", {"http://s/users/{n}", "http://s/teams/17", "http://s/rooms"})),
            "GET s/users/:id, GET s/teams/:id, GET s/rooms in 3 of 3");
}

TEST(CallChains, TwoCallsOrCallsOfOneShapeAreNone) {
  EXPECT_EQ(chain(requests("/page/:id", {"http://s/users/{n}", "http://s/rooms"})), "");
  EXPECT_EQ(
      chain(requests("/page/:id", {"http://s/list?cursor=a", "http://s/list?cursor=b", "http://s/list?cursor=c"})), "")
      << "pages";
  EXPECT_EQ(chain(requests("/page/:id", {"http://s/lab/{n}", "http://s/lab/{n}", "http://s/lab/{n}"})), "") << "tries";
}

TEST(CallChains, CallsAtOneTimeAreOneLink) {
  std::vector<SpanText> spans = requests("/page/:id", {"http://s/a", "http://s/b", "http://s/c"}, 1);
  for (SpanText& span : spans) {
    if (span.kind == 3) {
      span.start = 1;
      span.end = 21;
    }
  }
  EXPECT_EQ(chain(spans), "");
  spans.push_back(call("d1", "f0", "http://s/d", 22, 40));
  spans.push_back(call("d2", "f0", "http://s/e", 41, 60));
  EXPECT_EQ(chain(spans), "GET s/a + GET s/b + GET s/c, GET s/d, GET s/e in 1 of 1");
}

TEST(CallChains, WhatCouldBeSavedIsAllButTheLongest) {
  const TraceRead read = read_spans(requests("/page/:id", {"http://s/a", "http://s/b", "http://s/c"}));
  ASSERT_EQ(read.facts.traces.serial.size(), 1U);
  EXPECT_EQ(read.facts.traces.serial[0].saved_ms, 40);
  EXPECT_EQ(read.facts.traces.serial[0].saved_share, 0.4);
}

TEST(CallChains, CallsForOneThingAfterTheOtherAreCounted) {
  std::vector<std::string> urls;
  for (int i = 0; i < 5; ++i) {
    urls.push_back("http://s/users/" + std::to_string(100 + i * i * 7));
  }
  const TraceRead read = read_spans(requests("/page/:id", urls));
  ASSERT_EQ(read.facts.traces.repeated.size(), 1U);
  EXPECT_EQ(read.facts.traces.repeated[0].call, "GET s/users/:id");
  EXPECT_EQ(read.facts.traces.repeated[0].count, 5U);
  EXPECT_EQ(read.facts.traces.repeated[0].requests, 3U);
  EXPECT_TRUE(read.facts.traces.repeated[0].serial);
  EXPECT_TRUE(read_spans(requests("/page/:id", {urls[0], urls[0], urls[0], urls[0]})).facts.traces.repeated.empty())
      << "the same thing again";
  for (std::size_t i = 0; i < urls.size(); ++i) {
    urls[i] = "http://s/users/" + std::to_string(20 * i);
  }
  EXPECT_TRUE(read_spans(requests("/page/:id", urls)).facts.traces.repeated.empty()) << "pages by offset";
}

}  // namespace
}  // namespace budgetcheck
