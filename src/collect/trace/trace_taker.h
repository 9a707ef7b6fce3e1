#pragma once

#include <vector>

#include "collect/trace/trace_survey.h"

namespace budgetcheck {

/// A trace that is complete, or cannot be waited for any longer; all of it lives during the call only.
struct ClosedTrace {
  const Trace& trace;
  const TraceTree& tree;
  const std::vector<TracedRequest>& requests;
  const SpanNames& names;
  const TraceRoutes& routes;
  const LineFiles& lines;
};

/// Whoever looks at traces themselves. Where there is one, statements are not gathered for rules.
class TraceTaker {
 public:
  TraceTaker() = default;
  TraceTaker(const TraceTaker&) = delete;
  TraceTaker& operator=(const TraceTaker&) = delete;
  virtual ~TraceTaker() = default;

  virtual void take(const ClosedTrace& closed) = 0;
};

}  // namespace budgetcheck
