#pragma once

#include "detect/detect.h"

namespace budgetcheck {

/// Rule duplicate-query: one request reads the same with the same parameters at least min_repeats times, with no
/// write to the table in between. One finding for each route and shape, from the worst request.
void detect_duplicate_query(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
