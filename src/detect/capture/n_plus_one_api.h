#pragma once

#include "detect/detect.h"

namespace budgetcheck {

/// Rule n-plus-one-api: in one burst, a page asks one route for JSON with at least min_repeats different ids in the
/// path, after an answer that it can have the ids from. One finding for each page and route, from the worst load. A
/// note where only the document came before, or where the capture does not say which page.
void detect_n_plus_one_api(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
