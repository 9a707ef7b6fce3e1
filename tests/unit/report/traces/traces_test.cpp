#include "report/traces/traces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"

namespace budgetcheck {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TraceRow row(const std::string& name, std::uint32_t depth, double start, double end, bool on_path = true) {
  TraceRow row;
  row.name = name;
  row.service = "api";
  row.depth = depth;
  row.start_ms = start;
  row.end_ms = end;
  row.total_ms = end - start;
  row.on_path = on_path;
  row.waited_ms = on_path ? 10 : 0;
  row.bars = {{start, end}};
  return row;
}

TraceView shop() {
  TraceView view;
  view.id = "4bf92f3577b34da6a3ce929d0e0e4736";
  view.service = "api";
  view.route = "/orders/:id";
  view.request_ms = view.duration_ms = 100;
  view.spans = 15;
  view.services = 2;
  view.rows = {row("GET /orders/:id", 0, 0, 100), row("auth", 1, 5, 15, false), row("pg.query", 1, 20, 90),
               row("GET", 1, 90, 98), row("GET /users/:id", 2, 91, 97)};
  view.rows[2].spans = 12;
  view.rows[2].detail = "SELECT id, name, price FROM items WHERE order_id = ? ORDER BY id";
  view.rows[2].is_statement = true;
  view.rows[2].total_ms = 38;
  view.rows[2].bars = {{20, 40}, {60, 90}};
  view.rows[2].waited_ms = 38;
  view.rows[3].detail = "users:8080/users/:id";
  view.rows[3].failed = true;
  view.rows[4].service = "users";
  view.rows[4].moved = true;
  return view;
}

std::string text_of(const TraceView& view, std::size_t width, bool unicode = true) {
  Rendering rendering;
  rendering.width = width;
  rendering.unicode = unicode;
  return render_traces_text({{view}, {}, "1.0"}, rendering);
}

TEST(TraceText, EightyColumns) {
  EXPECT_EQ(text_of(shop(), 80), R"(trace 4bf92f3577b34da6a3ce929d0e0e4736
api /orders/:id, 100 ms, 15 spans of 2 services

                                                      0                   100 ms
api: GET /orders/:id                          100 ms  ██████████████████████████
  auth                                         10 ms   ░░░
  12 × pg.query SELECT id, name, price FRO…    38 ms       █████     ████████
  ! GET users:8080/users/:id                    8 ms                         ██
    ~ users: GET /users/:id                     6 ms                         ██

The critical path, by what was waited for longest
    38 ms (56%) in 12 × pg.query SELECT id, name, price FROM items WHERE
    order_id = ? ORDER BY id, api
    10 ms (15%) in GET /orders/:id, api
    10 ms (15%) in GET users:8080/users/:id, api
    10 ms (15%) in GET /users/:id, users

█ critical path, ░ beside it; n ×: spans that say the same, their times added
up; ! failed
  ~ a service's clock does not fit its caller's: such a span is drawn within the
  call, where exactly is unknown
)");
}

TEST(TraceText, NoLineIsWiderThanTheTerminal) {
  for (const std::size_t width : {40U, 60U, 80U, 120U}) {
    const std::string text = text_of(shop(), width);
    for (const std::string_view line : split(text, '\n')) {
      EXPECT_LE(display_width(line), width) << line;
    }
  }
}

TEST(TraceText, WideTerminalsShowMoreOfAStatement) {
  EXPECT_THAT(text_of(shop(), 120), HasSubstr("12 × pg.query SELECT id, name, price FROM items WHERE order"));
}

TEST(TraceText, WithoutRoomThereAreNoBars) {
  EXPECT_THAT(text_of(shop(), 50), AllOf(HasSubstr("38 ms\n"), Not(HasSubstr("█"))));
}

TEST(TraceText, AsciiHasSignsOfItsOwn) {
  const std::string text = text_of(shop(), 80, false);
  EXPECT_THAT(text, AllOf(HasSubstr("12 x pg.query"), HasSubstr("#####"), HasSubstr(" ---"),
                          HasSubstr("# critical path, - beside it; n x:")));
  EXPECT_EQ(ascii(text), text);
}

TEST(TraceText, WhatIsNotShownIsSaid) {
  TraceView view = shop();
  view.rows[0].hidden = 3;
  view.hidden = 1;
  view.torn = 1;
  view.rings = 2;
  view.is_rest = true;
  EXPECT_THAT(
      text_of(view, 120),
      AllOf(HasSubstr("4 spans are without a row of their own"), HasSubstr("1 span names a parent that is in no"),
            HasSubstr("the parents of 2 spans lead back"), HasSubstr("could not be put together")));
}

TEST(TraceWords, TimesHaveThreeDigits) {
  EXPECT_EQ(time_words(0), "0 ms");
  EXPECT_EQ(time_words(0.0123), "0.012 ms");
  EXPECT_EQ(time_words(1.234), "1.23 ms");
  EXPECT_EQ(time_words(99.94), "99.9 ms");
  EXPECT_EQ(time_words(123.4), "123 ms");
  EXPECT_EQ(time_words(999.6), "1 s");
  EXPECT_EQ(time_words(2010), "2.01 s");
}

TEST(TraceHtml, TheWaterfallReadsWithoutAScriptAndEscapes) {
  TraceView view = shop();
  view.rows[1].name = "<b>auth</b>";
  const std::string page = render_traces_html({{view}, {}, "1.0"});
  EXPECT_THAT(page, AllOf(HasSubstr("<b>12 ×</b> pg.query <code>SELECT id, name, price"), HasSubstr("38 ms in all"),
                          HasSubstr("&lt;b&gt;auth"), HasSubstr("class=\"held\""), HasSubstr("failed</span>"),
                          HasSubstr("moved into its call"), Not(HasSubstr("<script")), Not(HasSubstr("<b>auth"))));
}

Sample sample(const std::string& metric, const std::string& service, const std::string& route,
              std::vector<double> values) {
  Sample out;
  out.metric = metric;
  out.where = {{"route", route}, {"service", service}};
  out.value = Runs(std::move(values));
  return out;
}

TEST(RouteTraffic, TheSlowestFirst) {
  const std::vector<RouteTraffic> routes =
      route_traffic({sample("trace.duration", "api", "/a", {1, 2, 3}), sample("trace.duration", "api", "/b", {9}),
                     sample("trace.db_calls", "api", "/a", {4, 5, 6}), sample("queries.count", "api", "/a", {1})});
  ASSERT_EQ(routes.size(), 2U);
  EXPECT_EQ(routes[0].route, "/b");
  EXPECT_EQ(routes[1].requests, 3U);
  EXPECT_EQ(routes[1].p50, 2);
  EXPECT_EQ(routes[1].db_calls, 5);
}

TEST(CompareRoutes, WhatDiffersMostIsFirstAndCountsBeforeTimes) {
  const TracesComparison compared =
      compare_routes({sample("trace.duration", "api", "/a", {10}), sample("trace.duration", "api", "/b", {10}),
                      sample("trace.db_calls", "api", "/b", {14}), sample("trace.duration", "api", "/mine", {1})},
                     {sample("trace.duration", "api", "/a", {11}), sample("trace.duration", "api", "/b", {12}),
                      sample("trace.db_calls", "api", "/b", {2}), sample("trace.duration", "api", "/theirs", {1})});
  ASSERT_EQ(compared.routes.size(), 4U);
  EXPECT_EQ(compared.routes[0].route, "/b");
  EXPECT_EQ(compared.routes[0].difference, "database calls: 14 and 2");
  EXPECT_EQ(compared.routes[1].difference, "");  // a tenth and less
  EXPECT_FALSE(compared.routes[2].there);
  EXPECT_FALSE(compared.routes[3].here);
}

TEST(CompareRoutes, ServicesMayBeNamedAfterTheirPlaces) {
  const TracesComparison compared =
      compare_routes({sample("trace.duration", "api-dev", "/a", {10})}, {sample("trace.duration", "api", "/a", {10})});
  ASSERT_EQ(compared.routes.size(), 1U);
  EXPECT_TRUE(compared.routes[0].here && compared.routes[0].there);
}

TEST(CompareRoutes, TextFitsTheTerminal) {
  TracesComparison compared =
      compare_routes({sample("trace.duration", "api", "/a", {10})}, {sample("trace.duration", "api", "/a", {40})});
  compared.here = "local.jsonl";
  compared.there = "a-very-long-name-of-a-production-capture.jsonl";
  for (const std::size_t width : {40U, 60U, 80U, 120U}) {
    Rendering rendering;
    rendering.width = width;
    const std::string text = render_traces_comparison(compared, rendering);
    EXPECT_THAT(text, HasSubstr("differs most in p50: 10 ms and 40 ms"));
    for (const std::string_view line : split(text, '\n')) {
      EXPECT_LE(display_width(line), width) << line;
    }
  }
}

}  // namespace
}  // namespace budgetcheck
