#pragma once

#include <vector>

#include "model/facts.h"
#include "model/finding.h"
#include "model/rule.h"

namespace budgetcheck {

/// Names of spans and routes that hold ids.
void detect_unbounded_names(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
