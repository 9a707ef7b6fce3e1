#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "collect/trace/request/request_metrics.h"
#include "model/telemetry/trace_facts.h"

namespace budgetcheck {

/// Looks at the HTTP calls of each request: for chains of calls of which one waits for the other, and for calls that
/// ask the same for one thing after the other.
class CallChains {
 public:
  explicit CallChains(const SpanNames& names) : names_(names) {}

  void add(const Trace& trace, const TracedRequest& request);

  static constexpr std::size_t kLeastInChain = 3;
  static constexpr std::uint64_t kRecurring = 3;   ///< things in one request from which on calls are said to repeat
  static constexpr std::size_t kMostKept = 5'000;  ///< chains and repeats, over all routes

  template <class PlaceOf>
  void report(const TraceRoutes& routes, const PlaceOf& place_of, TraceFacts& facts) const {
    for (const auto& [key, chain] : chains_) {
      facts.serial.push_back(serial_calls(chain, routes));
      facts.serial.back().at = place_of(chain.route, chain.trace, chain.line);
    }
    for (const auto& [key, repeat] : repeats_) {
      facts.repeated.push_back(repeated_calls(repeat, routes));
      facts.repeated.back().at = place_of(repeat.route, repeat.trace, repeat.line);
    }
  }

 private:
  struct Call {
    std::uint64_t start = 0;  ///< nanoseconds
    std::uint64_t end = 0;
    bool reads = false;  ///< it changes nothing there
    std::string shape;   ///< with the method
    std::string path;
    std::uint64_t unknown = 0;  ///< hash of those of its inputs that the request's own URL does not have; 0: none
  };
  /// Calls that run at the same time, or one after the other of one shape: tries and pages.
  struct Stage {
    std::vector<std::string> shapes;
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    bool reads = true;
    std::uint64_t unknown = 0;
  };
  struct Link {
    std::string call;
    std::uint64_t unknown = 0;  ///< in the first request
    bool varies = false;        ///< it was another in other requests
    bool reads = true;
  };
  struct Chain {
    RouteId route = 0;
    std::vector<Link> links;
    std::vector<SerialCalls::Timed> timed;  ///< of the first requests
    std::uint64_t requests = 0;
    std::uint64_t url = 0;  ///< hash of the first request's own
    bool urls_differ = false;
    double worst_ms = -1;
    TraceId trace;
    std::uint32_t line = 0;
  };
  struct Repeat {
    RouteId route = 0;
    std::string call;
    std::uint64_t most = 0;
    std::uint64_t recurring = 0;
    bool serial = false;
    TraceId trace;
    std::uint32_t line = 0;
  };
  std::vector<Call> calls_of(const Trace& trace, const TracedRequest& request) const;
  static std::vector<Stage> stages_of(const std::vector<Call>& calls);
  void add_chain(const Trace& trace, const TracedRequest& request, const std::vector<Stage>& stages);
  void add_repeats(const Trace& trace, const TracedRequest& request, const std::vector<Call>& calls);
  static SerialCalls serial_calls(const Chain& chain, const TraceRoutes& routes);
  static RepeatedCalls repeated_calls(const Repeat& repeat, const TraceRoutes& routes);

  const SpanNames& names_;
  std::map<std::string, Chain> chains_;
  std::map<std::string, Repeat> repeats_;
};

}  // namespace budgetcheck
