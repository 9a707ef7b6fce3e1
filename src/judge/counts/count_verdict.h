#pragma once

#include "judge/ruling.h"
#include "judge/sample_verdict.h"

namespace budgetcheck {

// Rates (events out of trials) and percentiles of many values: judged by exact tests on counts, never by the
// difference of two percentages.

/// A share of fewer than 1000 trials says too little for a limit, unless the metric's limits are exact, or proven: then
/// the trials have to be as many as prove the limit when none is bad (at 95 %: the rule of three), and what is over it
/// has to be more than chance explains.
Ruling rule_on_rate_limit(const Budget& budget, const Sample& sample, const std::optional<Limit>& limit, double value);
/// Fisher's exact test at 0.1 %, and growth beyond both floors. `comparison.base` is not null.
Compared rule_on_rate_growth(const Budget& budget, const Sample& sample, const BaseComparison& comparison);

/// Whether so many of the durations are of failed requests that those of the successes may be quite others.
bool failures_blur(const Sample& sample);
/// Failed requests may be the fastest of all or the slowest: nothing when a limit is kept or broken in both cases, or
/// when so few failed that it does not matter; else why it cannot be judged.
std::optional<Ruling> limit_left_open_by_failures(const Budget& budget, const Sample& sample);

/// The limit is broken when the lower bound of the percentile (99 % order statistics, widened by what lies between
/// jobs) is beyond it.
Ruling rule_on_percentile_limit(const Budget& budget, const Sample& sample, const BaseComparison& comparison,
                                const Limit& limit, double value);
/// Worse when both intervals are disjoint and the growth is beyond the floors. Needs ten values beyond the percentile:
/// 200 for p95, 1000 for p99, 100 for p90, 40 for p75, 20 for the median. `comparison.base` is not null.
Compared rule_on_percentile_growth(const Budget& budget, const Sample& sample, const BaseComparison& comparison);

}  // namespace budgetcheck
