#include "judge/noise/few_runs.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/distribution.h"
#include "judge/noise/noise.h"

namespace budgetcheck {
namespace {

constexpr std::uint64_t kEnoughRecords = 10;
constexpr double kOneSided95 = 1.645;
constexpr double kRounding = 1e-9;

bool beyond(const Floors& floors, double relative, double absolute) {
  return relative >= floors.relative - kRounding && absolute >= floors.absolute - kRounding;
}

/// What two of the records reached. Where only the worst of them is known, there must be enough of them for it to be
/// their usual range.
std::optional<double> worst_stored(const Transform& transform, const SampleHistory& history, double base) {
  if (history.last.empty()) {
    return history.records >= kEnoughRecords ? history.max : std::nullopt;
  }
  std::vector<double> values = history.last;
  values.push_back(base);
  std::sort(values.begin(), values.end(), [&](double a, double b) { return transform(a) > transform(b); });
  return values[1];
}

/// Where single runs lie by the noise within a job, around what the records say is usual.
std::optional<double> worst_by_noise(const Transform& transform, const SampleHistory& history, double base,
                                     std::size_t head_runs, std::size_t base_runs) {
  if (history.records < kEnoughRecords || !history.s_run) {
    return std::nullopt;
  }
  std::vector<double> values = history.last;
  values.push_back(base);
  const double of_base = history.last.empty() ? 1 / static_cast<double>(base_runs) : 0;
  const double spread = *history.s_run * std::sqrt(1 / static_cast<double>(head_runs) + of_base);
  return transform.worsened(quantile(values, 0.5), kOneSided95 * spread);
}

}  // namespace

bool asks_about_growth(const Budget& budget) {
  return budget.max_increase.has_value() || (!budget.max.has_value() && !budget.min.has_value());
}

std::optional<double> worst_expected(const Budget& budget, const Sample& base, std::size_t head_runs) {
  // Records hold the statistic of the metric's own choice.
  if (!base.history || budget.stat != budget.metric->stat) {
    return std::nullopt;
  }
  const Transform transform(*budget.metric);
  const double value = aggregate(base, budget.stat);
  const std::optional<double> stored = worst_stored(transform, *base.history, value);
  const std::optional<double> noise =
      worst_by_noise(transform, *base.history, value, std::max<std::size_t>(head_runs, 1),
                     std::max<std::size_t>(static_cast<std::size_t>(run_count(base)), 1));
  if (!stored || !noise) {
    return stored ? stored : noise;
  }
  return transform(*stored) > transform(*noise) ? stored : noise;
}

FewRuns growth_of_few(const Budget& budget, double value, double base, const std::optional<double>& expected) {
  const Transform transform(*budget.metric);
  const double absolute = transform.absolute(value, base);
  if (absolute <= 0) {
    return FewRuns::kNotWorse;
  }
  if (expected && transform(value) <= transform(*expected)) {
    return FewRuns::kExplained;
  }
  const Metric& metric = *budget.metric;
  const double relative = transform.relative(transform(value) - transform(base), base);
  const bool is_open = beyond({metric.floor_absolute, metric.floor_relative}, relative, absolute) &&
                       beyond(floors_of(budget), relative, absolute);
  if (!is_open) {
    return FewRuns::kBelowFloor;
  }
  const double reference = std::max(transform(base), expected ? transform(*expected) : transform(base));
  // Both sides may have been caught in another mode.
  const bool is_evident = transform(value) - reference > std::sqrt(2.0) * lone_run_margin(metric.metric_class);
  return is_evident ? FewRuns::kEvident : FewRuns::kOpen;
}

Growth growth_by(FewRuns grew) {
  switch (grew) {
    case FewRuns::kOpen:
      return Growth::kUnknown;
    case FewRuns::kEvident:
      return Growth::kWorse;
    default:
      return Growth::kNotWorse;
  }
}

double lone_run_margin(MetricClass metric_class) {
  // Seen of unchanged pages: paints a third later in one run of three, blocking times of half as much again in one of
  // thirty, and scores 22 points apart (docs/design/verdicts.md).
  constexpr double kQuiet = 0.3;   // +35 %
  constexpr double kNoisy = 0.58;  // +79 %
  constexpr double kScore = 0.22;
  switch (metric_class) {
    case MetricClass::kTimingNoisy:
    case MetricClass::kCls:
    case MetricClass::kPercentile:
      return kNoisy;
    case MetricClass::kScore:
      return kScore;
    default:
      return kQuiet;
  }
}

}  // namespace budgetcheck
