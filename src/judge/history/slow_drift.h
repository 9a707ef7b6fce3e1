#pragma once

#include <vector>

#include "model/facts.h"
#include "model/finding.h"
#include "model/rule.h"

namespace budgetcheck {

/// One finding for each metric that crept up on the main branch by at least the rule's min_growth.
void detect_slow_drift(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
