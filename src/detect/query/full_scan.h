#pragma once

#include "detect/detect.h"

namespace budgetcheck {

/// Rule full-scan: a statement that restricts or orders what it wants from a table, and no index serves it. One finding
/// for each statement and table, at the model's line in the schema, with the index that would serve it.
void detect_full_scan(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
