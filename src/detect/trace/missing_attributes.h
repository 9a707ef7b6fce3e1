#pragma once

#include <vector>

#include "model/facts.h"
#include "model/finding.h"
#include "model/rule.h"

namespace budgetcheck {

/// Spans that lack what the budgets file requires of them.
void detect_missing_attributes(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
