#pragma once

#include <string>

#include "collect/format.h"
#include "model/measured.h"
#include "results/measured/measured.h"

namespace budgetcheck {

inline constexpr const char* kMeasuredFormat = "measured";

/// What `budgetcheck measure` and `merge` wrote: it stands for the inputs that were measured.
Format measured_format();

/// Errors: a part of a log that is to be merged first, or what was measured with other settings than these (empty: any
/// will do).
Expected<Measured> check_measured(const std::string& path, Measured measured, const std::string& settings);

}  // namespace budgetcheck
