#pragma once

#include <optional>

#include "json/value.h"
#include "model/sample.h"

namespace budgetcheck {

/// A finite number or one that is read as such; nothing for null and anything else.
std::optional<double> number_in(const json::Value* value);

/// The counts `events` and `n` of a mapping; nothing when they are not two counts, the first at most the second.
std::optional<Rate> rate_of(const json::Value& object);

/// One mapping such as {"p50": 9, "max": 31, "n": 2000}, or a list of them; numbers are multiplied with `scale`.
/// Nothing when it holds anything else.
std::optional<QuantileRuns> quantile_runs_of(const json::Value& told, double scale);

}  // namespace budgetcheck
