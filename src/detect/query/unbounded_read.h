#pragma once

#include "detect/detect.h"

namespace budgetcheck {

/// Rule unbounded-read: a statement that returns every row of a table. One finding for each statement.
void detect_unbounded_read(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
