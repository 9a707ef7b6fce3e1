#pragma once

#include "model/telemetry/trace_facts.h"

namespace budgetcheck {

/// Says which calls of the chain need not wait, and what that would save, from what was seen of its requests.
void settle(SerialCalls& serial);

/// Adds what was seen of the same chain later, in other requests. The chain's first requests are those of `serial`.
void add_to(SerialCalls& serial, const SerialCalls& more);

}  // namespace budgetcheck
