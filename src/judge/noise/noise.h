#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "judge/noise/transform.h"
#include "model/sample.h"

namespace budgetcheck {

/// The runs of a sample, at most kMostExactRuns: a single value is one run; of a binned distribution stand evenly
/// spaced quantiles. A rate has none.
Runs runs_of(const Sample& sample);

/// How much a metric varies, on the scale of its Transform.
struct Noise {
  double s_run = 0;              ///< from run to run within one job
  std::optional<double> s_diff;  ///< of the median, from one job to the next
  bool from_history = false;     ///< s_run is that of at least ten records
};

/// The history's, when it sums up at least ten records; else the pooled standard deviation of the runs at hand, not
/// below 0.03 (0.01 for a score). Where no side has three runs they say nothing, and it is not below what is usual for
/// the class. `base` and `history` may be null.
Noise noise_of(const Metric& metric, const Runs& head, const Runs* base, const SampleHistory* history);

/// The standard error of a difference of two medians: sampling, and what drifts even within one job. Without pairing
/// not below what lies between jobs.
double standard_error(const Noise& noise, std::size_t base_runs, std::size_t head_runs, bool is_paired);

/// How far below the median of `runs` its lower 99.9 % bound lies.
double median_margin(const Noise& noise, std::size_t runs);

/// The shift that a comparison with this standard error shows four times out of five (at z = 3.09).
double detectable_shift(double standard_error);

/// Runs of each side, taking turns, that show a shift of this size; nothing: more than one could ask for (50).
std::optional<std::size_t> runs_to_detect(const Noise& noise, double shift);

}  // namespace budgetcheck
