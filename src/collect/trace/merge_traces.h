#pragma once

#include "model/telemetry/trace_facts.h"

namespace budgetcheck {

/// Joins what parts of a capture say of the same: chains, loops, attributes, orphans and names of one service and route
/// are one entry each, with the counts of all. Entries of one part stay as they are. What only the spans of one trace
/// together would show cannot be joined; see seen_survey.h.
void merge_traces(TraceFacts& facts);

}  // namespace budgetcheck
