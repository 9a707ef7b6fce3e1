#pragma once

#include "model/facts.h"

namespace budgetcheck {

/// Joins samples of equal metric and labels: runs are concatenated, distributions merged. Two single values that
/// differ, or equal labels of different sources, cannot both be true: the second one's input becomes incomplete.
void merge_samples(Facts& facts);

}  // namespace budgetcheck
