#pragma once

#include <string>

#include "model/budget.h"
#include "model/report.h"
#include "model/sample.h"

namespace budgetcheck {

/// What a sample is compared with.
struct Comparison {
  bool has_base = false;         ///< a base was given at all
  const Sample* base = nullptr;  ///< its sample of the same metric and labels; null: it has none
};

/// Judges one sample by one budget whose metric is known: absolute limits, then, for bytes and counts, exact growth
/// against the base. `today` decides whether the budget is enforced yet.
Verdict judge_sample(const Budget& budget, const Sample& sample, const Comparison& comparison,
                     const std::string& today);

/// A verdict that carries the budget's own fields and nothing measured.
Verdict verdict_without_sample(const Budget& budget, Status status, std::string code, std::string message,
                               std::string hint);

/// The level in force on `today`: a warning before enforce_from.
Level level_in_force(const Budget& budget, const std::string& today);

}  // namespace budgetcheck
