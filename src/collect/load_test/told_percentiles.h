#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "collect/load_test/result_numbers.h"
#include "json/value.h"
#include "model/load/known_quantiles.h"

namespace budgetcheck {

/// Adds the members of `object` whose keys `quantile_of` understands, as milliseconds (`scale` is one unit of the
/// file).
void add_told(const json::Value* object, std::string_view pointer, double scale,
              const std::function<std::optional<double>(std::string_view key)>& quantile_of, ResultNumbers& numbers,
              KnownQuantiles& told);

/// What `object` tells of durations: the percentiles as above, and its "min", "max" and `mean`.
KnownQuantiles told_durations(const json::Value* object, std::string_view pointer, double scale,
                              const std::function<std::optional<double>(std::string_view key)>& quantile_of,
                              ResultNumbers& numbers, std::string_view mean = "mean");

/// "50" and "99.9" as 0.5 and 0.999; nothing for what is no percentage between 0 and 100.
std::optional<double> quantile_of_percent(std::string_view text);

/// `value` times `scale`, if there is one.
std::optional<double> scaled(std::optional<double> value, double scale);

}  // namespace budgetcheck
