#pragma once

#include "model/budget.h"
#include "model/report.h"
#include "model/sample.h"

namespace budgetcheck {

/// Turns a passed verdict on an exact metric into RATCHET_SUGGESTED when the last ten accepted results and this one lie
/// so far below its maximum that a tighter limit would still leave room, and says which. `base`: the base's sample.
void suggest_ratchet(const Budget& budget, const Sample& base, Verdict& verdict);

}  // namespace budgetcheck
