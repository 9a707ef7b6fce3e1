#pragma once

#include <vector>

#include "model/budget.h"
#include "model/facts.h"
#include "model/report.h"

namespace budgetcheck {

/// The verdict on a budget that no measured result matches: whether an input is to blame (the question stays open) or
/// the budget itself. `base_had_it`: the base measured something that it matches.
Verdict judge_unmeasured(const Budget& budget, const Facts& facts, bool base_had_it);

/// One verdict for each place that the budget asks for and that a broken input left open, although others were
/// measured.
std::vector<Verdict> judge_gaps(const Budget& budget, const Facts& facts);

}  // namespace budgetcheck
