#pragma once

#include "detect/detect.h"

namespace budgetcheck {

/// Rule duplicate-request: one page load asks the very same (method, URL and body) at least min_repeats times, each
/// within `within` of the one before or while that is still under way, with no write in between. One finding for each
/// page and route, from the worst load.
void detect_duplicate_request(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
