#pragma once

#include <cstddef>

#include "collect/trace/span_names.h"
#include "collect/trace/trace_tree.h"
#include "model/telemetry/trace_view.h"

namespace budgetcheck {

/// How much of a trace is told.
struct ViewLimits {
  std::size_t rows = 200;
  std::size_t bars = 1'000;  ///< of all rows
};

/// The waterfall of a trace. Spans beside each other that say the same become one row, and so do what lies below them;
/// of too many rows those stay that took longest. Linear in the spans, but for sorting them. Its request, route and
/// location are the caller's.
TraceView view_of(const Trace& trace, const TraceTree& tree, const SpanNames& names, const ViewLimits& limits = {});

}  // namespace budgetcheck
