#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "collect/trace/read/attribute_keys.h"
#include "collect/trace/request/request_metrics.h"
#include "model/telemetry/trace_facts.h"

namespace budgetcheck {

/// Counts which requests, calls and statements lack the attributes that the budgets file requires of them.
class RequiredAttributes {
 public:
  /// `telemetry` may be null.
  RequiredAttributes(const Telemetry* telemetry, const AttributeKeys& keys);

  bool any() const { return !checks_.empty(); }
  /// `requests` are those of the trace.
  void add(const Trace& trace, const TraceTree& tree, const std::vector<TracedRequest>& requests,
           const TraceRoutes& routes);

  template <class PlaceOf>
  void report(const TraceRoutes& routes, const PlaceOf& place_of, TraceFacts& facts) const {
    for (const auto& [key, count] : counts_) {
      facts.missing.push_back(missing_attribute(count, routes));
      if (count.has_example) {
        facts.missing.back().example = place_of(count.route, count.trace, count.line);
      }
    }
  }

 private:
  struct Check {
    std::size_t requirement = 0;
    const TelemetryRequirement* text = nullptr;
    std::string attribute;
    std::uint64_t bit = 0;
  };
  struct Count {
    const Check* check = nullptr;
    std::map<RouteId, std::pair<std::uint64_t, std::uint64_t>> routes;  ///< all, and those that lack it
    bool has_example = false;
    RouteId route = 0;
    TraceId trace;
    std::uint32_t line = 0;
  };
  void look(const Trace& trace, const Span& span, RouteId route, std::uint64_t of_trace, TelemetryRequirement::On on,
            const TraceRoutes& routes);
  static bool is_asked_of(const TelemetryRequirement& requirement, const std::string& route, const Span& span);
  static MissingAttribute missing_attribute(const Count& count, const TraceRoutes& routes);

  std::vector<Check> checks_;
  std::map<std::pair<std::size_t, std::string>, Count> counts_;  ///< by check and service
};

}  // namespace budgetcheck
