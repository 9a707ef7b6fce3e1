#pragma once

#include <vector>

#include "model/facts.h"
#include "model/finding.h"
#include "model/rule.h"

namespace budgetcheck {

void detect_failed_build(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
