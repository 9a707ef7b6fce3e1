#pragma once

#include <vector>

#include "judge/gate/excuses.h"
#include "model/rule.h"

namespace budgetcheck {

/// The head's rules; where the change loosens one without a reason, as the base has it: its level, parameters and
/// exemptions, and for a team's own rule what it looks for. A rule that the change removes is there again.
RuleSet rules_in_force(const BudgetsFile& head, const BudgetsFile& base, const Excuses& excuses,
                       std::vector<Verdict>& verdicts);

}  // namespace budgetcheck
