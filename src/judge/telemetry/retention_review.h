#pragma once

#include <string>
#include <vector>

#include "model/budget.h"
#include "model/facts.h"
#include "model/finding.h"

namespace budgetcheck {

/// The rule retention-review-due: what is agreed about retention has to be reviewed (its day is past; that day itself
/// still holds), or says neither who agreed nor until when. None when the rule is off. `today`: YYYY-MM-DD.
std::vector<Finding> retention_review_findings(const BudgetsFile& budgets, const std::string& today);

/// What is required of telemetry and no input could show, for the notes of the report.
std::vector<std::string> unseen_requirements(const BudgetsFile& budgets, const Facts& facts);

}  // namespace budgetcheck
