#pragma once

#include <vector>

#include "model/facts.h"
#include "model/finding.h"
#include "model/rule.h"

namespace budgetcheck {

/// Calls of a request that wait for one another, though nothing shows that they must.
void detect_request_waterfall(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
