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
    bool reads = true;          ///< it changes nothing there
    bool varies = false;        ///< what is unknown in its URL is not the same in all requests
    std::uint64_t unknown = 0;  ///< hash of what the first request's own URL does not have; 0: nothing
  };
  /// How long one request took, and each of its calls, in milliseconds.
  struct Timed {
    std::vector<double> calls;
    double request = 0;
  };
  std::vector<Call> calls;           ///< in their order
  std::uint64_t requests = 0;        ///< that have this chain
  std::uint64_t route_requests = 0;  ///< all of the route
  double saved_ms = 0;               ///< median, if those that are independent ran at the same time
  double saved_share = 0;            ///< median, of the request's duration
  double longest_ms = 0;             ///< of the request at `at`
  std::uint64_t url = 0;             ///< hash of the first request's own
  bool urls_differ = false;
  std::vector<Timed> timed;  ///< of the first requests

  static constexpr std::size_t kMostTimed = 200;
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
  std::vector<Route> routes;  ///< those where some lack it first, the worst of them before the others
  TracePlace example;
};

/// Spans that name a parent which no file has, of a service.
struct OrphanSpans {
  std::string service;
  std::uint64_t spans = 0;  ///< none of many services
  std::uint64_t all = 0;    ///< of the service
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
  bool numbered = false;    ///< each holds one number
  std::uint64_t least = 0;  ///< of these numbers
  std::uint64_t most = 0;
  std::vector<std::uint64_t> hashes;  ///< of the names, sorted; none of more than kMostHashes

  static constexpr std::size_t kMostHashes = 1'000;
  TracePlace example;
};

/// How many requests of a route were seen.
struct TraceRoute {
  std::string service;
  std::string route;
  std::uint64_t requests = 0;
};

/// Which traces were seen, as hashes: whether another part of what was captured has spans of the same ones.
struct SeenTraces {
  std::vector<std::uint64_t> sample;  ///< the least of all
  std::vector<std::uint64_t> ends;    ///< with a service: of those near both ends of what was read, where it may be cut
  std::vector<std::uint64_t> torn;    ///< likewise, of those with spans whose parent is missing in their own service

  static constexpr std::size_t kMost = 2'048;  ///< of each

  void append(SeenTraces&& other);
};

/// What traces say for rules.
struct TraceFacts {
  std::vector<TraceRoute> routes;  ///< in the order in which they were seen
  std::vector<SerialCalls> serial;
  std::vector<RepeatedCalls> repeated;
  std::vector<MissingAttribute> missing;
  std::vector<OrphanSpans> orphans;
  std::vector<UnboundedName> names;
  std::vector<TraceView> slowest;  ///< of the slowest routes the slowest trace, the slowest first; for reports
  SeenTraces seen;

  void append(TraceFacts&& other);
};

}  // namespace budgetcheck
