#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "collect/format.h"
#include "collect/http/payload_totals.h"
#include "collect/logs/requests/request_event.h"

namespace budgetcheck {

/// Puts the lines of a log together into requests by route. Fastify writes two lines for each: the beginning has the
/// URL, the end the status, and an id joins them, in whichever order they come when the lines have times. Memory is
/// bounded: at most kMaxOpen requests wait for their end.
class RequestPairs {
 public:
  struct Counts {
    std::uint64_t requests = 0;
    std::uint64_t ends = 0;
    std::uint64_t orphans = 0;  ///< ends without a beginning
    std::uint64_t unended = 0;
    std::uint64_t running = 0;  ///< when the log ended
    std::uint64_t static_files = 0;
    std::uint64_t malformed = 0;
    std::uint64_t left_out = 0;  ///< there are too many routes
  };

  RequestPairs(const Source& source, const CollectContext& context)
      : context_(context), place_(Location::of(source.path)) {}

  /// A line with a request, in the order of the log.
  void add(const RequestEvent& event, std::uint32_t line);
  /// To be called once, at the end; `last_ms` is the latest time in the log (negative: unknown). A request without an
  /// end that began within a second of it was still running.
  void finish(double last_ms);

  const Counts& counts() const { return counts_; }
  const RoutePayloads& routes() const { return routes_; }
  /// A route that no template gave, for an example; empty: there is none.
  const std::string& inferred() const { return routes_.inferred().empty() ? inferred_ : routes_.inferred(); }

 private:
  struct Open {
    LoggedRoute route;
    double at_ms = -1;
    std::uint32_t line = 0;
    std::uint64_t serial = 0;
  };
  void open(const RequestEvent& event, std::uint32_t line);
  bool end_waiting(const RequestEvent& event);
  void wait_for_beginning(const RequestEvent& event, const PayloadValues& values, std::uint32_t line);
  void forget_oldest();
  void end(const RequestEvent& event, std::uint32_t line);
  void never_ended(const Open& request);
  void count(const LoggedRoute& route, const PayloadValues& values, std::uint32_t line);

  const CollectContext& context_;
  Counts counts_;
  RoutePayloads routes_{true, context_.routes};
  std::string inferred_;
  Location place_;  ///< of the line that is counted
  std::unordered_map<std::uint64_t, Open> open_;
  /// Ends without a beginning so far: in a log that has the newest lines first it comes later.
  struct Waiting {
    PayloadValues values;
    double at_ms = -1;
    std::uint32_t line = 0;
  };
  std::unordered_map<std::uint64_t, Waiting> waiting_;
  std::deque<std::pair<std::uint64_t, std::uint64_t>> order_;  ///< keys of open requests and their serial numbers
  std::uint64_t serial_ = 0;
};

}  // namespace budgetcheck
