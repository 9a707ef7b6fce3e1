#pragma once

#include "detect/detect.h"

namespace budgetcheck {

/// Rule missing-trace-context: log records that lack what `telemetry.required` asks for with `on: log`; one finding for
/// each input, service and logger below the minimum. Silent where nothing is required.
void detect_missing_trace_context(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
