#include "collect/http/payload_totals.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

PayloadValues answered(double body, int status = 200) { return {{-1, body, -1, 5}, status}; }
Location at(std::uint32_t line) { return {"x.log", line, 0, {}}; }

const Sample* find(const Facts& facts, const std::string& metric, const Labels& where) {
  for (const Sample& sample : facts.samples) {
    if (sample.metric == metric && sample.where == where) {
      return &sample;
    }
  }
  return nullptr;
}

std::size_t gaps_on(const Facts& facts, const std::string& metric) {
  std::size_t count = 0;
  for (const Unmeasured& gap : facts.unmeasured) {
    count += gap.metric == metric ? 1U : 0U;
  }
  return count;
}

TEST(RoutePayloads, RoutesThatBecomeOneKeepEveryValue) {
  RoutePayloads joined(true);
  RoutePayloads apart(true);
  for (std::uint32_t i = 0; i < 300; ++i) {
    const int status = i % 3 == 0 ? 404 : 200;
    EXPECT_TRUE(joined.add("GET /p/red-shoe-" + std::to_string(i), false, answered(i, status), at(i + 1)));
    EXPECT_TRUE(apart.add("GET /p/:slug", false, answered(i, status), at(i + 1)));
  }
  joined.settle();
  apart.settle();
  EXPECT_EQ(joined.inferred(), "GET /p/:slug");
  EXPECT_EQ(apart.inferred(), "");
  Facts one;
  Facts other;
  joined.append_to({}, one);
  apart.append_to({}, other);
  ASSERT_EQ(one.samples.size(), other.samples.size());
  for (std::size_t i = 0; i < one.samples.size(); ++i) {
    EXPECT_EQ(one.samples[i].where, other.samples[i].where);
    EXPECT_EQ(one.samples[i].location, other.samples[i].location);
    if (const auto* d = std::get_if<Distribution>(&one.samples[i].value)) {
      const auto& e = std::get<Distribution>(other.samples[i].value);
      EXPECT_EQ(d->bins(), e.bins());
      EXPECT_EQ(d->sum(), e.sum());
    } else {
      EXPECT_EQ(std::get<Single>(one.samples[i].value), std::get<Single>(other.samples[i].value));
    }
  }
}

TEST(RoutePayloads, WhatAFormNeverTellsIsSaidOnceWhereItIsAskedTo) {
  RoutePayloads routes(false);
  routes.add("GET /a", true, answered(7), at(1));
  routes.add("GET /b", true, answered(8), at(2));
  PayloadGaps gaps;
  Facts each;
  routes.append_to(gaps, each);
  EXPECT_EQ(gaps_on(each, "payload.decoded"), 4U) << "two routes, each with a status";
  gaps.once = true;
  gaps.of[2] = {"it never tells", "do this", false};
  Facts once;
  routes.append_to(gaps, once);
  ASSERT_EQ(gaps_on(once, "payload.decoded"), 1U);
  EXPECT_EQ(gaps_on(once, "payload.body"), 0U);
  for (const Unmeasured& gap : once.unmeasured) {
    if (gap.metric == "payload.decoded") {
      EXPECT_EQ(gap.reason, "it never tells");
      EXPECT_FALSE(gap.input_at_fault);
      EXPECT_TRUE(gap.where.empty());
    }
  }
}

TEST(RoutePayloads, WhereOneRouteTellsTheOthersStayOpen) {
  RoutePayloads routes(false);
  routes.add("GET /a", true, answered(7), at(1));
  routes.add("GET /b", true, answered(-1), at(2));
  PayloadGaps gaps;
  gaps.once = true;
  Facts facts;
  routes.append_to(gaps, facts);
  EXPECT_NE(find(facts, "payload.body", {{"route", "GET /a"}}), nullptr);
  EXPECT_EQ(find(facts, "payload.body", {{"route", "GET /b"}}), nullptr);
  EXPECT_EQ(gaps_on(facts, "payload.body"), 2U);
}

TEST(RoutePayloads, WhatFailedIsALowerBoundAndHasNoStatus) {
  RoutePayloads routes(false);
  routes.add("GET /a", true, answered(7), at(1));
  routes.add("GET /a", true, {}, at(2));
  Facts facts;
  routes.append_to({}, facts);
  const Sample* body = find(facts, "payload.body", {{"route", "GET /a"}});
  ASSERT_NE(body, nullptr);
  EXPECT_TRUE(body->lower_bound);
  EXPECT_EQ(body->lower_bound_reason, "1 of 2 responses has no size: 1 failed or blocked");
  EXPECT_FALSE(find(facts, "payload.body", {{"route", "GET /a"}, {"status", "200"}})->lower_bound);
  EXPECT_EQ(find(facts, "payload.body", {{"route", "GET /a"}, {"status", "0"}}), nullptr);
}

TEST(RoutePayloads, RoomIsMadeByJoiningNamesAndThenRunsOut) {
  RoutePayloads routes(true);
  for (std::size_t i = 0; i < 2 * kMaxPayloadGroups; ++i) {
    ASSERT_TRUE(routes.add("GET /p/red-shoe-" + std::to_string(i), false, answered(1), at(1)));
  }
  RoutePayloads named(true);
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < kMaxPayloadGroups + 7; ++i) {
    left_out += named.add("GET /p/red-shoe-" + std::to_string(i), true, answered(1), at(1)) ? 0U : 1U;
  }
  EXPECT_EQ(left_out, 7U) << "templates are not joined";
}

const Unmeasured* gap_of(const Facts& facts, const std::string& metric, const std::string& route) {
  for (const Unmeasured& gap : facts.unmeasured) {
    if (gap.metric == metric && gap.where == Labels{{"route", route}}) {
      return &gap;
    }
  }
  return nullptr;
}

TEST(RoutePayloads, ARouteThatOnlyAnsweredWithErrorsIsNotMeasured) {
  RoutePayloads routes(false);
  routes.add("GET /broken", true, answered(30, 500), at(1));
  routes.add("GET /broken", true, answered(30, 404), at(2));
  routes.add("GET /missing", true, answered(9, 404), at(3));
  routes.add("GET /mixed", true, answered(9, 500), at(4));
  routes.add("GET /mixed", true, answered(70, 200), at(5));
  Facts facts;
  routes.append_to({}, facts);
  EXPECT_EQ(find(facts, "payload.body", {{"route", "GET /broken"}}), nullptr);
  EXPECT_EQ(find(facts, "payload.body", {{"route", "GET /broken"}, {"status", "500"}}), nullptr)
      << "a budget on the route would take it for the route";
  const Unmeasured* broken = gap_of(facts, "payload.body", "GET /broken");
  ASSERT_NE(broken, nullptr);
  EXPECT_EQ(broken->reason, "each of 2 responses is an error (404, 500)");
  EXPECT_TRUE(broken->input_at_fault);
  EXPECT_FALSE(broken->only_when_named);
  const Unmeasured* missing = gap_of(facts, "payload.time", "GET /missing");
  ASSERT_NE(missing, nullptr);
  EXPECT_EQ(missing->reason, "its only response is an error (404)");
  EXPECT_TRUE(missing->only_when_named) << "everybody may ask a server for what it does not have";
  const Sample* mixed = find(facts, "payload.body", {{"route", "GET /mixed"}});
  ASSERT_NE(mixed, nullptr);
  EXPECT_EQ(std::get<Distribution>(mixed->value).count(), 2U);
  EXPECT_EQ(std::get<Single>(find(facts, "payload.requests", {{"route", "GET /broken"}})->value), 2);
  EXPECT_EQ(routes.errors().note(), "4 of 5 responses are errors (404, 500), the first 'GET /broken'");
}

TEST(RoutePayloads, EqualPathsOfTwoHostsAreTwoRoutes) {
  RoutePayloads routes(true);
  routes.add("POST /graphql", {true, false, "shop.example"}, answered(7), at(1));
  routes.add("POST /graphql", {true, false, "cms.example"}, answered(900), at(2));
  routes.set_own_host("shop.example");
  routes.settle();
  Facts facts;
  routes.append_to({}, facts);
  const Sample* own = find(facts, "payload.body", {{"route", "POST /graphql"}, {"host", "self"}});
  ASSERT_NE(own, nullptr);
  EXPECT_EQ(aggregate(*own, Stat::kMax), 7);
  const Sample* other = find(facts, "payload.body", {{"route", "POST /graphql"}, {"host", "cms.example"}});
  ASSERT_NE(other, nullptr);
  EXPECT_EQ(aggregate(*other, Stat::kMax), 900);
  EXPECT_EQ(find(facts, "payload.body", {{"route", "POST /graphql"}}), nullptr);
}

TEST(RoutePayloads, OneHostIsNotNamed) {
  RoutePayloads routes(true);
  routes.add("GET /a", {false, false, "shop.example"}, answered(7), at(1));
  routes.add("GET /b", {false, false, "shop.example"}, answered(7), at(2));
  routes.settle();
  Facts facts;
  routes.append_to({}, facts);
  EXPECT_NE(find(facts, "payload.body", {{"route", "GET /a"}}), nullptr);
  EXPECT_EQ(routes.host_label("shop.example"), "");
}

TEST(RoutePayloads, AStreamThatThePageClosedLeavesNoHole) {
  RoutePayloads routes(false);
  PayloadValues closed;
  closed.status = 200;
  closed.closed = true;
  routes.add("GET /a", true, answered(7), at(1));
  routes.add("GET /a", true, closed, at(2));
  routes.add("GET /events", true, closed, at(3));
  Facts facts;
  routes.append_to({}, facts);
  const Sample* body = find(facts, "payload.body", {{"route", "GET /a"}});
  ASSERT_NE(body, nullptr);
  EXPECT_FALSE(body->lower_bound);
  EXPECT_EQ(std::get<Distribution>(body->value).count(), 1U);
  EXPECT_EQ(std::get<Single>(find(facts, "payload.requests", {{"route", "GET /a"}})->value), 2);
  const Unmeasured* gap = gap_of(facts, "payload.body", "GET /events");
  ASSERT_NE(gap, nullptr);
  EXPECT_EQ(gap->reason, "a stream that the page closed has no size and no time");
}

}  // namespace
}  // namespace budgetcheck
