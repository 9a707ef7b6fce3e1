#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/sample.h"
#include "model/telemetry/trace_view.h"
#include "report/format.h"
#include "report/words/page.h"

namespace budgetcheck {

/// What the samples trace.* say of one route of one service. Times in milliseconds; counts and times of calls are
/// medians of its requests.
struct RouteTraffic {
  std::string service;
  std::string route;
  std::uint64_t requests = 0;
  double p50 = 0;
  double p95 = 0;
  double p99 = 0;
  double errors = 0;  ///< a share
  double db_calls = 0;
  double db_time = 0;
  double http_calls = 0;
  double http_time = 0;
  double spans = 0;
};

/// Those with the highest p95 first.
std::vector<RouteTraffic> route_traffic(const std::vector<Sample>& samples);

/// A route in captures of two places: local runs and production, before and after.
struct ComparedRoute {
  std::string service;
  std::string route;
  std::optional<RouteTraffic> here;
  std::optional<RouteTraffic> there;
  std::string difference;  ///< what differs most: "database calls: 12 and 3"; empty: nothing does
  double factor = 1;       ///< by which it differs; at least 1
};

struct TracesComparison {
  std::string here;  ///< what was passed
  std::string there;
  std::vector<std::string> notes;
  std::vector<ComparedRoute> routes;  ///< what differs most first; those that only one side has last
};

TracesComparison compare_routes(const std::vector<Sample>& here, const std::vector<Sample>& there);

/// Several waterfalls, and what could not be read.
struct ShownTraces {
  std::vector<TraceView> views;
  std::vector<std::string> notes;
  std::string tool_version;
};

// Words that the outputs share.

/// "GET users:8080/users/:id", "12 × pg.query SELECT …".
std::string row_words(const TraceRow& row, bool unicode = true);
/// "server", "client", …; empty for what is inside of a service.
std::string_view kind_words(SpanKind kind);
/// "api /bookings/:id, 142 ms, 38 spans of 2 services", or without its route.
std::string trace_words(const TraceView& view, bool with_route = true);
/// What the trace waited for, the longest first: "65 ms (46%) in 12 × pg.query SELECT …".
std::vector<std::string> waited_words(const TraceView& view);
/// What has to be known to read it: moved spans, missing parents, rows that are left out.
std::vector<std::string> trace_remarks(const TraceView& view);
/// "12.4 ms", to three digits.
std::string time_words(double milliseconds);

void write_waterfall(Page& page, const TraceView& view, const Rendering& rendering);
void write_routes(Page& page, const std::vector<RouteTraffic>& routes, std::size_t most);

std::string render_traces_text(const ShownTraces& traces, const Rendering& rendering);
std::string render_traces_html(const ShownTraces& traces);
std::string render_traces_comparison(const TracesComparison& comparison, const Rendering& rendering);

/// A waterfall as part of a page: the same in the report and in --html. `id` is that of its element.
std::string html_waterfall(const TraceView& view, const std::string& id);
/// Routes with their percentiles, as a table.
std::string html_routes(const std::vector<RouteTraffic>& routes, std::size_t most);

}  // namespace budgetcheck
