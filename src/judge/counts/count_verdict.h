#pragma once

#include "judge/ruling.h"
#include "judge/sample_verdict.h"

namespace budgetcheck {

// Rates (events out of trials) and percentiles of many values: judged by exact tests on counts, never by the
// difference of two percentages.

/// A share of fewer than 1000 trials says too little for a limit, unless the metric's limits are exact.
Ruling rule_on_rate_limit(const Budget& budget, const Sample& sample, const std::optional<Limit>& limit, double value);
/// Fisher's exact test at 0.1 %, and growth beyond both floors. `comparison.base` is not null.
Compared rule_on_rate_growth(const Budget& budget, const Sample& sample, const BaseComparison& comparison);

/// The limit is broken when the lower bound of the percentile (99 % order statistics, widened by what lies between
/// jobs) is beyond it.
Ruling rule_on_percentile_limit(const Budget& budget, const Sample& sample, const BaseComparison& comparison,
                                const Limit& limit, double value);
/// Worse when both intervals are disjoint and the growth is beyond the floors. Needs ten values beyond the percentile:
/// 200 for p95, 1000 for p99, 100 for p90, 40 for p75, 20 for the median. `comparison.base` is not null.
Compared rule_on_percentile_growth(const Budget& budget, const Sample& sample, const BaseComparison& comparison);

}  // namespace budgetcheck
