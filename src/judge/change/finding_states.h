#pragma once

#include <vector>

#include "model/finding.h"
#include "results/read.h"

namespace budgetcheck {

/// Sets each finding's state by comparing it with the base's finding of the same key. Everything is new without a base
/// (null).
void compare_findings(std::vector<Finding>& findings, const Results* base);

}  // namespace budgetcheck
