#pragma once

#include <cstdint>
#include <string>

#include "base/error.h"
#include "model/budget.h"

namespace budgetcheck {

/// Envoy's HTTP filter local_ratelimit with a token bucket for each plan and key: an entry of http_filters
/// (envoyproxy.io, extensions.filters.http.local_ratelimit.v3.LocalRateLimit). It needs an Envoy that makes buckets for
/// values as they come (max_dynamic_descriptors).
ExpectedAll<std::string> envoy_limits(const BudgetsFile& budgets, const GeneratedTarget& target);

/// A token bucket with the rate of a plan.
struct TokenBucket {
  std::uint64_t max_tokens = 0;
  std::uint64_t tokens_per_fill = 0;
  std::uint64_t fill_ms = 0;  ///< at least 50: Envoy fills no faster
};
TokenBucket token_bucket(const LimitPlan& plan);

}  // namespace budgetcheck
