#pragma once

#include "detect/detect.h"

namespace budgetcheck {

/// Rule repeated-query: one request runs one shape at least min_repeats times, and the log has no parameters, so a loop
/// cannot be told from a duplicate. One finding for each route and shape, from the worst request.
void detect_repeated_query(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
