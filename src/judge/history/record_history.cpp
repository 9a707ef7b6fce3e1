#include "judge/history/record_history.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>

#include "base/distribution.h"
#include "judge/noise/noise.h"
#include "judge/noise/transform.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostRecords = 30;
constexpr std::size_t kMostLast = 10;
constexpr std::size_t kLeastDifferences = 3;
constexpr double kMadFactor = 1.4826;  // makes a median of absolute values the sd of a normal distribution

using Key = std::pair<std::string, Labels>;

/// Six digits say more than any measurement holds.
double rounded(double value) {
  constexpr int kDigits = 6;
  if (value == 0 || !std::isfinite(value)) {
    return value;
  }
  const double step = std::pow(10, std::floor(std::log10(std::fabs(value))) + 1 - kDigits);
  // Dividing by a power of ten instead of multiplying by its inverse keeps decimal values short.
  return step >= 1 ? std::round(value / step) * step : std::round(value / step) / std::round(1 / step);
}

/// Sums up samples of one metric and labels, newest first.
SampleHistory summed_up(const Metric& metric, const std::vector<const Sample*>& samples) {
  const Transform transform(metric);
  SampleHistory out;
  double squares = 0;
  std::size_t with_spread = 0;
  std::vector<double> medians;
  for (const Sample* sample : samples) {
    if (!tells(*sample, metric.stat)) {
      continue;
    }
    ++out.records;
    const double value = aggregate(*sample, metric.stat);
    if (out.last.size() < kMostLast) {
      out.last.push_back(rounded(value));
    }
    if (!out.max || transform(value) > transform(*out.max)) {
      out.max = value;
    }
    if (!is_noisy(metric.metric_class)) {
      continue;
    }
    std::vector<double> runs;
    for (const double run : runs_of(*sample)) {
      runs.push_back(transform(run));
    }
    medians.push_back(quantile(runs, 0.5));
    if (runs.size() >= 2) {
      double mean = 0;
      for (const double run : runs) {
        mean += run / static_cast<double>(runs.size());
      }
      double sum = 0;
      for (const double run : runs) {
        sum += (run - mean) * (run - mean);
      }
      squares += sum / static_cast<double>(runs.size() - 1);
      ++with_spread;
    }
  }
  std::reverse(out.last.begin(), out.last.end());
  if (with_spread > 0) {
    out.s_run = rounded(std::sqrt(squares / static_cast<double>(with_spread)));
  }
  std::vector<double> differences;
  for (std::size_t i = 1; i < medians.size(); ++i) {
    differences.push_back(std::fabs(medians[i] - medians[i - 1]));
  }
  if (differences.size() >= kLeastDifferences) {
    out.s_diff = rounded(kMadFactor * quantile(differences, 0.5));
  }
  return out;
}

}  // namespace

void add_history(Results& newest, const std::vector<const Results*>& before, const MetricCatalogue& catalogue) {
  std::map<Key, std::vector<const Sample*>> samples;
  std::map<std::string, std::optional<Metric>> metrics;
  for (const Sample& sample : newest.samples) {
    samples.try_emplace(Key{sample.metric, sample.where});
    if (!metrics.contains(sample.metric)) {
      metrics.emplace(sample.metric, catalogue.find(sample.metric));
    }
  }
  for (const Results* record : before) {
    for (const Sample& sample : record->samples) {
      const auto found = samples.find(Key{sample.metric, sample.where});
      const auto metric = metrics.find(sample.metric);
      if (found == samples.end() || !metric->second || found->second.size() >= kMostRecords) {
        continue;
      }
      // The noise of another machine says nothing of this one's.
      if (is_noisy(metric->second->metric_class) && record->env.key != newest.env.key) {
        continue;
      }
      found->second.push_back(&sample);
    }
  }
  for (Sample& sample : newest.samples) {
    const std::vector<const Sample*>& found = samples.at(Key{sample.metric, sample.where});
    sample.history.reset();
    if (!found.empty()) {
      sample.history = summed_up(*metrics.at(sample.metric), found);
    }
  }
}

}  // namespace budgetcheck
