#include "collect/trace/request/required_attributes.h"

#include <gtest/gtest.h>

#include "unit/collect/trace/trace_testing.h"

namespace budgetcheck {
namespace {

using namespace trace_testing;
using On = TelemetryRequirement::On;
using Scope = TelemetryRequirement::Scope;

SpanText with_tenant(SpanText span) {
  span.attributes.emplace_back("tenant.id", "t1");
  return span;
}

/// "/a 1/2, /b 1/1": routes with how many of their requests lack it.
std::string missing(const std::vector<SpanText>& spans, const TelemetryRequirement& requirement) {
  Telemetry telemetry;
  telemetry.required.push_back(requirement);
  std::string text;
  for (const MissingAttribute& one : read_spans(spans, &telemetry).facts.traces.missing) {
    for (const MissingAttribute::Route& route : one.routes) {
      if (one.missing == 0) {
        continue;
      }
      text += (text.empty() ? "" : ", ") + route.route + " " + std::to_string(route.missing) + "/" +
              std::to_string(route.spans);
    }
  }
  return text;
}

TelemetryRequirement tenant(Scope scope = Scope::kTrace, std::vector<std::string> routes = {}) {
  TelemetryRequirement requirement;
  requirement.attributes = {"tenant.id"};
  requirement.scope = scope;
  requirement.routes = std::move(routes);
  return requirement;
}

SpanText other_trace(SpanText span, const std::string& trace) {
  span.trace = trace;
  return span;
}

TEST(RequiredAttributes, AreCountedByRoute) {
  EXPECT_EQ(missing({with_tenant(server("a1", "/a")), other_trace(server("a2", "/a"), "b"),
                     other_trace(server("a3", "/b"), "c")},
                    tenant()),
            "/a 1/2, /b 1/1");
  EXPECT_EQ(missing({with_tenant(server("a1", "/a"))}, tenant()), "");
}

TEST(RequiredAttributes, AnySpanOfTheServiceInTheTraceMayHaveThemOrOnlyTheRequests) {
  const SpanText inner = with_tenant({"a2", "a1", "handler"});
  EXPECT_EQ(missing({server("a1", "/a"), inner}, tenant()), "");
  EXPECT_EQ(missing({server("a1", "/a"), inner}, tenant(Scope::kSpan)), "/a 1/1");
  SpanText foreign = inner;
  foreign.service = "stock";
  EXPECT_EQ(missing({server("a1", "/a"), foreign}, tenant()), "/a 1/1")
      << "another service's does not say whose this is";
}

TEST(RequiredAttributes, HealthChecksAndUnmatchedRequestsAreAskedWhereTheyAreNamed) {
  SpanText unmatched = server("a1", "/x");
  unmatched.attributes = {{"http.request.method", "GET"}, {"http.response.status_code", "404"}};
  EXPECT_EQ(missing({unmatched, other_trace(server("a2", "/health"), "b")}, tenant()), "");
  EXPECT_EQ(missing({unmatched, other_trace(server("a2", "/health"), "b")}, tenant(Scope::kTrace, {"*"})),
            "unrouted 1/1, /health 1/1");
  EXPECT_EQ(missing({server("a1", "/a"), other_trace(server("a2", "/b"), "b")}, tenant(Scope::kTrace, {"!/b"})),
            "/a 1/1");
  EXPECT_EQ(missing({server("a1", "/a"), other_trace(server("a2", "/b"), "b")}, tenant(Scope::kTrace, {"/b"})),
            "/b 1/1");
}

TEST(RequiredAttributes, MayBeAskedOfCallsAndStatements) {
  TelemetryRequirement peer = tenant(Scope::kSpan);
  peer.on = On::kClient;
  peer.attributes = {"peer.service"};
  EXPECT_EQ(missing({server("a1", "/a"), call("a2", "a1", "http://s/x", 1, 2)}, peer), "/a 1/1");
  TelemetryRequirement table = tenant(Scope::kSpan);
  table.on = On::kDb;
  table.attributes = {"db.collection.name"};
  EXPECT_EQ(missing({server("a1", "/a"), {"a2", "a1", "q", 1, 2, 3, {{"db.query.text", "SELECT 1 FROM t"}}}}, table),
            "/a 1/1");
}

}  // namespace
}  // namespace budgetcheck
