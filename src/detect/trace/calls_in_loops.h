#pragma once

#include <vector>

#include "model/facts.h"
#include "model/finding.h"
#include "model/rule.h"

namespace budgetcheck {

/// n-plus-one-api in traces: one request asks for one thing after the other.
void detect_calls_in_loops(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
