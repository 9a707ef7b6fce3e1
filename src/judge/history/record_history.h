#pragma once

#include <vector>

#include "model/metric.h"
#include "results/read.h"

namespace budgetcheck {

/// Fills the `history` of each sample of `newest` from the records before it (newest first, of the same app), so that a
/// reader of this one record needs no other: how many there are (at most 30 count), the noise within a job and between
/// jobs where the environment is the same, the worst value, the last values.
void add_history(Results& newest, const std::vector<const Results*>& before, const MetricCatalogue& catalogue);

}  // namespace budgetcheck
