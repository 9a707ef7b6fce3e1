#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/units.h"
#include "model/budget.h"
#include "model/labels.h"
#include "model/sample.h"

namespace budgetcheck {

struct CalibrationOptions {
  std::size_t runs = 5;         ///< of each side, as a change is measured
  std::size_t fresh_runs = 10;  ///< of each side, as a rerun measures
  std::size_t changes = 2000;   ///< simulated; fewer when there are very many metrics
  bool paired = false;          ///< base and head of a change are measured in one job
  unsigned seed = 1;
};

/// What the settings make of one metric whose runs are all of one commit.
struct CalibratedMetric {
  std::string budget;  ///< id; the metric's when no budgets file judges it
  std::string metric;
  Labels where;
  std::size_t runs_a = 0;
  std::size_t runs_b = 0;
  bool enough = false;    ///< else nothing below but the runs is known
  double suspicious = 0;  ///< share of changes that ask for a rerun of it, or fail it at once
  double failed = 0;      ///< share of changes that it fails, at once or after the rerun
  Unit unit = Unit::kNone;
  double detectable = 0;  ///< growth from the pooled median that `runs` of each side can prove, in the unit
  double level = 0;       ///< that median
  double p = 1;           ///< that A and B differ as much by chance, two-sided
  double shift = 0;       ///< B against A, as a share
};

struct Calibration {
  std::vector<CalibratedMetric> metrics;  ///< the worst first
  std::size_t changes = 0;                ///< simulated
  double suspicious = 0;                  ///< share of changes with any suspicious metric
  double failed_at_once = 0;              ///< share of changes that fail before a rerun
  double failed = 0;                      ///< share of changes that fail at all
};

/// Runs of a metric below this say too little about how it varies.
constexpr std::size_t kLeastCalibrationRuns = 20;

/// Draws changes that change nothing from the pooled runs of `a` and `b` (two measurements of one commit, with
/// replacement, seeded) and judges them by the real rules: the budgets' own, or, for an empty list, those of each noisy
/// metric's class. Limits that the pooled median breaks are left out: they fail for a reason. Metrics that are not
/// noisy are not among the results.
Calibration calibrate(const BudgetsFile& budgets, const std::vector<Sample>& a, const std::vector<Sample>& b,
                      const CalibrationOptions& options);

}  // namespace budgetcheck
