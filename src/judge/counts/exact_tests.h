#pragma once

#include <cstdint>
#include <optional>

#include "model/sample.h"

namespace budgetcheck {

// Exact tests on counts. All are stable for counts up to 2^53: probabilities come from their deviation from the
// expected value, not from differences of huge logarithms.

/// P(X <= k) of a binomial X of n trials with probability q.
double binomial_below(std::uint64_t k, std::uint64_t n, double q);

/// Fisher's exact test, one-sided: how probable as many events of the head as these, or more, are if both sides have
/// the same rate. 1 when a side has no trials.
double fisher(const Rate& head, const Rate& base);

/// Ranks (from 1) of the two order statistics between which the q-quantile lies with 99 %: each is passed with 0.5 % at
/// most. Nothing where so few values have no such rank.
struct QuantileRanks {
  std::optional<std::uint64_t> low;
  std::optional<std::uint64_t> high;
};
QuantileRanks quantile_ranks(std::uint64_t n, double q);

}  // namespace budgetcheck
