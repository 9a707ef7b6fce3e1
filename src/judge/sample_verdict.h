#pragma once

#include <cstdint>
#include <string>

#include "judge/noise/circumstances.h"
#include "judge/noise/confirmation.h"
#include "model/budget.h"
#include "model/report.h"
#include "model/sample.h"

namespace budgetcheck {

/// What a sample is compared with.
struct BaseComparison {
  bool has_base = false;                         ///< a base was given at all
  bool needs_base = false;                       ///< without one, a limit on growth is an open question and no remark
  const Sample* base = nullptr;                  ///< its sample of the same metric and labels; null: it has none
  const Circumstances* circumstances = nullptr;  ///< null: nothing is known of them
  /// The rerun's answers, decided over the whole change; null: none was given.
  const Confirmation* confirmation = nullptr;
};

/// Judges one sample by one budget whose metric is known: absolute limits, then growth against the base, each by the
/// rules of the metric's class. Bytes and counts are exact; times and scores are judged by their noise
/// (judge/noisy_verdict.h), rates and percentiles by exact tests on counts. `today` decides whether the budget is
/// enforced yet.
Verdict judge_sample(const Budget& budget, const Sample& sample, const BaseComparison& comparison,
                     const std::string& today);

/// How many runs (or values of a percentile) of each side would let the growth be judged that judge_sample() left alone
/// because too little was measured. 0: it judged it, or there is nothing to compare with.
std::uint64_t runs_to_judge_growth(const Budget& budget, const Sample& sample, const BaseComparison& comparison);

/// A verdict that carries the budget's own fields and nothing measured.
Verdict verdict_without_sample(const Budget& budget, Status status, std::string code, std::string message,
                               std::string hint);

/// The level in force on `today`: a warning before enforce_from.
Level level_in_force(const Budget& budget, const std::string& today);

}  // namespace budgetcheck
