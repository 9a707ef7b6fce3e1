#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/error.h"
#include "collect/trace/trace_taker.h"
#include "collect/trace/view/trace_view.h"

namespace budgetcheck {

/// Which traces are asked for.
struct TraceChoice {
  std::string id;       ///< its beginning is enough; empty: any
  std::string route;    ///< empty: any
  std::string service;  ///< empty: any
  std::size_t slowest = 1;
};

/// Out of all traces that are read keeps those that are asked for, the slowest of them; no more are in memory.
class TracePick final : public TraceTaker {
 public:
  explicit TracePick(TraceChoice choice) : choice_(std::move(choice)) {}

  void take(const ClosedTrace& closed) override;

  std::uint64_t spans() const { return spans_; }
  /// The slowest first. Errors: kUsage when no trace is meant, or an id begins those of several; with the nearest.
  ExpectedAll<std::vector<TraceView>> views() const;

 private:
  struct Picked {
    double milliseconds = 0;
    TraceView view;
  };
  void take_id(const ClosedTrace& closed);
  void keep(const ClosedTrace& closed, const TracedRequest* request, double milliseconds);
  void learn(const ClosedTrace& closed);
  Error unknown_id() const;

  TraceChoice choice_;
  std::vector<Picked> picked_;
  std::vector<std::string> ids_;  ///< that begin like the one asked for
  std::vector<std::string> all_ids_;
  std::set<std::string> routes_;
  std::set<std::string> services_;
  std::unordered_set<NameId> known_services_;
  std::uint64_t spans_ = 0;
};

}  // namespace budgetcheck
