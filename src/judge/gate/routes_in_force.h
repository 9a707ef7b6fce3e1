#pragma once

#include <string>
#include <vector>

#include "judge/gate/excuses.h"
#include "results/read.h"

namespace budgetcheck {

/// The head's templates of routes; the base's, where today's give a route that the base measured another name without a
/// reason: what was measured apart would be one, or could not be compared. `results`: of the base; null: nothing is
/// known to be renamed.
std::vector<std::string> routes_in_force(const BudgetsFile& head, const BudgetsFile& base, const Results* results,
                                         const Excuses& excuses, std::vector<Verdict>& verdicts,
                                         std::vector<std::string>& remarks);

}  // namespace budgetcheck
