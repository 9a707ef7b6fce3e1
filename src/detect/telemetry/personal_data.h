#pragma once

#include <string>
#include <vector>

#include "model/facts.h"
#include "model/finding.h"
#include "model/rule.h"

namespace budgetcheck {

/// Values that say who somebody is: one finding for each kind, field and input.
void detect_personal_data(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

/// Values that open a door: keys, tokens and passwords.
void detect_secret_in_telemetry(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

/// Says of a rule that the budgets file sets that nothing was looked for.
void note_unlooked_personal_data(const Facts& facts, const Rule& rule, std::vector<std::string>& notes);

}  // namespace budgetcheck
