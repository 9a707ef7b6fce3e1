#pragma once

#include <string>

#include "json/value.h"
#include "model/telemetry/collector_facts.h"

namespace budgetcheck::collector {

/// What a processor that samples keeps of traces with an error, of slow ones (`slow_ms` and more) and of the others.
/// Where a policy looks at what only the traces know (an attribute, a rate), its share is between nothing and all; what
/// a variable decides never counts as wrong. A trace is kept when one of the policies says so, and dropped by a policy
/// `drop` first (tail_sampling of opentelemetry-collector-contrib).
CollectorSampler tail_sampler(const std::string& file, const json::Value& settings, const Location& key,
                              double slow_ms);
/// probabilistic_sampler: the same share of all.
CollectorSampler probabilistic_sampler(const std::string& file, const json::Value& settings, const Location& key);

}  // namespace budgetcheck::collector
