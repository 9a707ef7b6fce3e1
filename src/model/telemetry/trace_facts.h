#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/location.h"
#include "model/telemetry.h"
#include "model/telemetry/trace_view.h"

namespace budgetcheck {

/// Where in the captured traces something was seen.
struct TracePlace {
  std::string service;
  std::string route;
  std::string trace;  ///< the id of one trace that shows it, 32 hexadecimal digits
  Location location;  ///< of the span
};

/// HTTP calls of one route's requests that wait for one another, in the same order in many of them.
struct SerialCalls {
  TracePlace at;  ///< the request that took longest
  struct Call {
    std::string name;  ///< "GET users:8080/users/:id"; several that run at the same time are joined by " + "
    /// Nothing in its URL was unknown before the call in front of it was answered, as far as the requests seen tell it.
    bool independent = false;
  };
  std::vector<Call> calls;           ///< in their order
  std::uint64_t requests = 0;        ///< that have this chain
  std::uint64_t route_requests = 0;  ///< all of the route
  double saved_ms = 0;               ///< median, if those that are independent ran at the same time
  double saved_share = 0;            ///< median, of the request's duration
};

/// HTTP calls of one request that ask the same for one thing after the other.
struct RepeatedCalls {
  TracePlace at;  ///< the request with the most
  std::string call;
  std::uint64_t count = 0;     ///< in that request, each for another thing
  std::uint64_t requests = 0;  ///< of the route, in which they ask for at least 3 things
  std::uint64_t route_requests = 0;
  bool serial = false;  ///< in that request, one waits for the other
};

/// An attribute that the budgets file requires, and who lacks it.
struct MissingAttribute {
  std::size_t requirement = 0;  ///< index into Telemetry::required
  TelemetryRequirement::On on = TelemetryRequirement::On::kServer;
  TelemetryRequirement::Scope scope = TelemetryRequirement::Scope::kTrace;
  double min_percent = 100;
  std::string attribute;
  std::string service;
  std::uint64_t spans = 0;    ///< that should have it
  std::uint64_t missing = 0;  ///< that lack it
  struct Route {
    std::string route;
    std::uint64_t spans = 0;
    std::uint64_t missing = 0;
  };
  std::vector<Route> routes;  ///< those where some lack it, the worst first
  TracePlace example;
};

/// Spans that name a parent which no file has.
struct OrphanSpans {
  std::string service;
  std::uint64_t spans = 0;
  std::uint64_t all = 0;  ///< of the service
  TracePlace example;
};

/// Names that hold ids, so that there are as many of them as things.
struct UnboundedName {
  enum class What : std::uint8_t { kSpanName, kRoute };
  What what = What::kSpanName;
  std::string service;
  std::string form;         ///< "load chart {id}"
  std::uint64_t names = 0;  ///< different ones seen
  bool dense = false;       ///< they count on from a small number, as shards and workers do
  TracePlace example;
};

/// What traces say for rules.
struct TraceFacts {
  std::vector<SerialCalls> serial;
  std::vector<RepeatedCalls> repeated;
  std::vector<MissingAttribute> missing;
  std::vector<OrphanSpans> orphans;
  std::vector<UnboundedName> names;
  std::vector<TraceView> slowest;  ///< of the slowest routes the slowest trace, the slowest first; for reports

  void append(TraceFacts&& other);
};

}  // namespace budgetcheck
