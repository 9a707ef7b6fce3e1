#pragma once

#include <cstdint>
#include <vector>

#include "collect/trace/request/request_metrics.h"
#include "model/telemetry/trace_facts.h"
#include "model/telemetry/trace_view.h"

namespace budgetcheck {

/// Keeps the slowest trace of each of the routes whose slowest request took longest.
class SlowTraces {
 public:
  explicit SlowTraces(const SpanNames& names) : names_(names) {}

  static constexpr std::size_t kMostRoutes = 10;
  static constexpr std::size_t kMostRows = 60;
  static constexpr std::size_t kMostBars = 300;

  void add(const Trace& trace, const TraceTree& tree, const std::vector<TracedRequest>& requests);

  /// A trace that is the slowest of several routes is told once.
  template <class LocationOf>
  void report(const TraceRoutes& routes, const LocationOf& location_of, TraceFacts& facts) const {
    for (const Kept& kept : sorted()) {
      report(kept, routes, location_of(kept.line), facts.slowest);
    }
  }

 private:
  struct Kept {
    RouteId route = 0;
    double milliseconds = 0;
    std::uint32_t line = 0;
    TraceView view;
  };
  std::vector<Kept> sorted() const;
  static void report(const Kept& kept, const TraceRoutes& routes, const Location& location,
                     std::vector<TraceView>& slowest);

  const SpanNames& names_;
  std::vector<Kept> kept_;
};

}  // namespace budgetcheck
