#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "judge/noise/transform.h"
#include "judge/ruling.h"
#include "model/budget.h"
#include "model/sample.h"

namespace budgetcheck {

// One or two runs (or too few values of a percentile) cannot tell growth from noise. What they may decide is here.

/// Runs of each side from which on they are compared.
inline constexpr std::size_t kLeastRuns = 3;
/// Runs of each side that a reader is asked for.
inline constexpr std::uint64_t kAdvisedRuns = 5;

/// Whether a budget asks about growth even where too little was measured to tell it from noise: it says max_increase,
/// or says nothing else. Every other budget is judged by its limit alone then.
bool asks_about_growth(const Budget& budget);

/// The worst value that the stored records behind `base` let expect of `head_runs` runs of an unchanged commit, in the
/// metric's unit: what two of the newest records showed (one may be a freak, or the growth itself), or what the noise
/// within their jobs explains. Nothing: they say nothing of this budget's statistic.
std::optional<double> worst_expected(const Budget& budget, const Sample& base, std::size_t head_runs);

/// What too few runs say of growth.
enum class FewRuns {
  kNotWorse,    ///< equal or better
  kExplained,   ///< not worse than worst_expected()
  kBelowFloor,  ///< worse by less than the metric's floors, or by less than the budget allows
  kOpen,        ///< worse by more: this question needs runs
  kEvident,     ///< worse by more than any noise that was ever seen of one run, though no test can prove it
};
/// `expected`: see worst_expected(). `value` and `base` are in the metric's unit.
FewRuns growth_of_few(const Budget& budget, double value, double base, const std::optional<double>& expected);

/// What that means for a limit that the base breaks as well.
Growth growth_by(FewRuns grew);

/// How far a limit must be missed by one or two runs before no noise explains it, on the scale of the metric's
/// Transform: an unchanged page may have been caught in its slow mode.
double lone_run_margin(MetricClass metric_class);

}  // namespace budgetcheck
