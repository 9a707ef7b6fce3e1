#pragma once

#include "detect/detect.h"

namespace budgetcheck {

/// Rule over-fetching: the elements of a list in a route's JSON answers carry at least min_bytes of fields that hold
/// the same in every element, or always the same set of at least min_fields fields. For information only: that nobody
/// reads them cannot be seen. Needs bodies in the capture. One finding for each route, about its biggest list.
void detect_over_fetching(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
