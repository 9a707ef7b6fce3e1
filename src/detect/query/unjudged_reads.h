#pragma once

#include "detect/detect.h"

namespace budgetcheck {

/// What the rules on table reads could not look at, as notes for the report. `rule`: full-scan.
void note_unjudged_reads(const Facts& facts, const Rule& rule, std::vector<std::string>& notes);

}  // namespace budgetcheck
