#pragma once

#include <string>

#include "model/finding.h"
#include "model/telemetry/trace_facts.h"

namespace budgetcheck {

/// A finding at this place, with what findings on traces share: evidence route, service, trace and input.
Finding trace_finding(const TracePlace& at);

/// "'/cart' of shop-web"
std::string route_words(const TracePlace& at);

}  // namespace budgetcheck
