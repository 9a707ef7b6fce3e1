#include "judge/history/drift.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/distribution.h"
#include "budget/select.h"
#include "judge/history/trend.h"
#include "judge/noise/transform.h"

namespace budgetcheck {
namespace {

/// The mean of the runs on the scale on which drift is measured: logarithms, so that differences are shares.
double mean_on_scale(const Budget& budget, const Sample& sample) {
  if (!is_noisy(budget.metric->metric_class)) {
    return std::log(std::max(0.0, aggregate(sample, budget.stat)) + std::max(budget.metric->floor_absolute, 1e-9));
  }
  const Transform transform(*budget.metric);
  const auto* runs = std::get_if<Runs>(&sample.value);
  if (runs == nullptr || runs->empty()) {
    return transform(aggregate(sample, budget.stat));
  }
  double sum = 0;
  for (const double run : *runs) {
    sum += transform(run);
  }
  return sum / static_cast<double>(runs->size());
}

}  // namespace

std::optional<Drift> drift_of(const Budget& budget, const std::vector<const Sample*>& samples) {
  const MetricClass metric_class = budget.metric->metric_class;
  const bool higher_is_better = budget.metric->direction == Direction::kHigherIsBetter;
  if (metric_class == MetricClass::kRate || (higher_is_better && !is_noisy(metric_class))) {
    return std::nullopt;
  }
  std::vector<double> values;
  std::vector<double> means;
  for (const Sample* sample : samples) {
    values.push_back(aggregate(*sample, budget.stat));
    means.push_back(mean_on_scale(budget, *sample));
  }
  const bool exact = is_exact(metric_class);
  const std::optional<DriftTest> test = exact ? drift_of_exact(values) : drift_of_noisy(means);
  if (!test || !test->alarm) {
    return std::nullopt;
  }
  constexpr std::size_t kNewest = 10;
  constexpr std::size_t kAnchorEnd = 40;
  constexpr std::size_t kAnchorBegin = 70;
  const auto median_of = [&](std::size_t from_end, std::size_t to_end) {
    const std::size_t begin = values.size() - std::min(values.size(), from_end);
    const std::size_t end = values.size() - std::min(values.size(), to_end);
    return quantile(
        {values.begin() + static_cast<std::ptrdiff_t>(begin), values.begin() + static_cast<std::ptrdiff_t>(end)}, 0.5);
  };
  return Drift{test->relative, median_of(kAnchorBegin, kAnchorEnd), exact ? values.back() : median_of(kNewest, 0),
               std::min(values.size(), kAnchorBegin)};
}

SamplesByKey samples_by_key(const std::vector<Sample>& samples) {
  SamplesByKey out;
  for (const Sample& sample : samples) {
    if (!sample.lower_bound) {
      out.emplace(SampleKey{sample.metric, sample.where}, &sample);
    }
  }
  return out;
}

std::vector<DriftedMetric> find_drift(const BudgetsFile& budgets, const std::vector<Sample>& now,
                                      const std::vector<Results>& newest_first) {
  std::vector<SamplesByKey> records;  // newest first
  for (std::size_t i = 0; i < std::min(newest_first.size(), kDriftRecords); ++i) {
    records.push_back(samples_by_key(newest_first[i].samples));
  }
  std::vector<DriftedMetric> out;
  const Selection selection = select_samples(budgets.budgets, now);
  for (std::size_t i = 0; i < now.size(); ++i) {
    for (const std::size_t owner : selection.owners[i]) {
      const Budget& budget = budgets.budgets[owner];
      if (!budget.metric || now[i].lower_bound) {
        continue;
      }
      std::vector<const Sample*> samples{&now[i]};
      for (const SamplesByKey& record : records) {
        if (const auto found = record.find(SampleKey{now[i].metric, now[i].where}); found != record.end()) {
          samples.push_back(found->second);
        }
      }
      std::reverse(samples.begin(), samples.end());
      if (std::optional<Drift> drift = drift_of(budget, samples)) {
        out.push_back({budget.id, budget.metric_id, now[i].where, now[i].unit, *drift, budget.location});
      }
    }
  }
  return out;
}

}  // namespace budgetcheck
