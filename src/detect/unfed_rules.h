#pragma once

#include <vector>

#include "detect/detect.h"

namespace budgetcheck {

/// Says of a rule that no input feeds what it needs, or that one which could leaves it out: a rule that found nothing
/// because there was nothing to look at must not look like one that holds. Asked for at the level of an error, it
/// leaves the run undecided; else it is a note. A rule that nobody asked for is silent about inputs of other kinds.
void note_unfed_rule(const Facts& facts, const Rule& rule, const std::vector<FactKind>& needs, Findings& findings);

/// The same for a rule on a metric, of which no input supplies the family.
void note_unfed_metric(const Facts& facts, const Rule& rule, Findings& findings);

}  // namespace budgetcheck
