#pragma once

#include <vector>

#include "model/facts.h"
#include "model/finding.h"
#include "model/rule.h"

namespace budgetcheck {

void detect_duplicate_package(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
