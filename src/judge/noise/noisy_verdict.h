#pragma once

#include <string>

#include "judge/ruling.h"
#include "judge/sample_verdict.h"

namespace budgetcheck {

// Times, layout shifts and scores: two runs of one commit differ, so neither a limit nor the base is compared with one
// number. docs/verdicts.md says the rules in words.

/// The limit is broken only when even the lower 99.9 % bound of the median is beyond it; between is for a rerun, whose
/// fresh runs then decide alone.
Ruling rule_on_noisy_limit(const Budget& budget, const Sample& sample, const BaseComparison& comparison,
                           const Limit& limit, double value);

/// First stage (z >= 2.5 and growth beyond the floors), then, where that is suspicious, the fresh runs of the rerun;
/// without them only what is beyond doubt in paired runs fails. `comparison.base` is not null.
Compared rule_on_noisy_growth(const Budget& budget, const Sample& sample, const BaseComparison& comparison);

/// Whether a rerun has to answer for this sample: it is suspicious, or its runs cannot be compared with the base's.
bool needs_confirmation(const Budget& budget, const Sample& sample, const BaseComparison& comparison);

/// A note when the runs could not have shown a growth that the budget does not allow; empty when they could.
std::string underpowered_note(const Budget& budget, const Sample& sample, const BaseComparison& comparison);

}  // namespace budgetcheck
