#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/histogram.h"
#include "collect/trace/request/route_table.h"
#include "collect/trace/trace_tree.h"
#include "model/facts.h"

namespace budgetcheck {

/// One request of a trace, and what is below it in its own service.
struct TracedRequest {
  std::uint32_t span = 0;  ///< place in Trace::spans
  RouteId route = 0;
  std::vector<std::uint32_t> below;  ///< places of all spans that are part of it, itself not, in the order of reading
};

/// All requests of the trace.
std::vector<TracedRequest> requests_of(const Trace& trace, const TraceTree& tree, TraceRoutes& routes);

/// The length of the union of the spans' times, in milliseconds: what ran at the same time counts once.
double covered_ms(const Trace& trace, std::vector<std::uint32_t> spans);

/// An HTTP call of the request to another service.
inline bool is_http_call(const Span& span) { return span.kind == SpanKind::kClient && span.method != 0; }

/// Gathers the samples trace.* by service and route.
class RequestMetrics {
 public:
  void add(const Trace& trace, const TraceTree& tree, const TracedRequest& request);
  /// Appends the samples; each was first seen where `location_of` says of the line of its span.
  template <class LocationOf>
  void report(const TraceRoutes& routes, const LocationOf& location_of, Facts& facts) const {
    for (RouteId route = 0; route < routes_.size(); ++route) {
      if (routes_[route].errors.n + routes_[route].backwards > 0) {
        report(routes.all()[route], routes_[route], location_of(routes_[route].line), facts);
      }
    }
  }
  /// Requests that end before they begin: they have no duration, and are in no number.
  std::uint64_t backwards() const { return backwards_; }
  std::uint32_t first_backwards() const { return first_backwards_; }  ///< line

 private:
  struct Route {
    Histogram duration;
    Histogram db_calls;
    Histogram db_time;
    Histogram http_calls;
    Histogram http_time;
    Histogram spans;
    Rate errors;
    std::uint64_t backwards = 0;
    std::uint32_t line = 0;
  };
  static void report(const TraceRoutes::Route& name, const Route& route, const Location& location, Facts& facts);

  std::vector<Route> routes_;
  std::uint64_t backwards_ = 0;
  std::uint32_t first_backwards_ = 0;
};

}  // namespace budgetcheck
