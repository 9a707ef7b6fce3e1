#pragma once

#include <vector>

#include "model/facts.h"
#include "model/finding.h"
#include "model/rule.h"

namespace budgetcheck {

/// Spans whose parents are in no file.
void detect_orphan_spans(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
