#pragma once

#include <vector>

#include "model/facts.h"
#include "model/finding.h"
#include "model/rule.h"

namespace budgetcheck {

/// A rule of kind kPattern: one finding for each package, asset, route or query shape whose name the pattern finds.
/// When inputs were read that usually supply such names, and there are none, a note says that the rule had nothing
/// to look at.
void detect_pattern(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

/// What a rule of kind kPattern needs; empty for names that samples bring.
std::vector<FactKind> needs_of_pattern(const Rule& rule);

/// A rule of kind kThreshold: one finding for each sample of the metric that matches `where` and is worse than the
/// limit. Like a budget it looks at the coarsest samples that match: name a label to go finer. When the source was
/// measured and no sample matches, a note says so.
void detect_threshold(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
