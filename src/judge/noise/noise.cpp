#include "judge/noise/noise.h"

#include <algorithm>
#include <cmath>

#include "judge/noise/few_runs.h"
#include "judge/noise/rank_statistics.h"

namespace budgetcheck {
namespace {

constexpr double kMedianFactor = 1.5707963267948966;  // pi/2: the variance of a median against that of a mean
constexpr double kDriftWithinJob = 0.005;
constexpr double kOneSided999 = 3.09;
constexpr double kPower80 = 0.84;
constexpr std::uint64_t kEnoughRecords = 10;

double least_spread(MetricClass c) { return c == MetricClass::kScore ? 0.01 : 0.03; }

/// What one or two runs are assumed to vary by: they cannot show it themselves.
double usual_spread(MetricClass c) {
  switch (c) {
    case MetricClass::kTimingNoisy:
    case MetricClass::kCls:
      return 0.12;
    default:
      return 0.03;
  }
}

struct SquareSum {
  double sum = 0;
  std::size_t degrees = 0;

  void add(const Transform& transform, const Runs& runs) {
    if (runs.size() < 2) {
      return;
    }
    double mean = 0;
    for (const double run : runs) {
      mean += transform(run) / static_cast<double>(runs.size());
    }
    for (const double run : runs) {
      sum += (transform(run) - mean) * (transform(run) - mean);
    }
    degrees += runs.size() - 1;
  }
};

}  // namespace

Runs runs_of(const Sample& sample) {
  if (const auto* single = std::get_if<Single>(&sample.value)) {
    return {*single};
  }
  if (const auto* runs = std::get_if<Runs>(&sample.value)) {
    return *runs;
  }
  const auto* distribution = std::get_if<Distribution>(&sample.value);
  if (distribution == nullptr) {
    return {};
  }
  if (distribution->exact()) {
    return distribution->values();
  }
  Runs runs;
  for (std::size_t i = 0; i < kMostExactRuns; ++i) {
    runs.push_back(distribution->quantile((static_cast<double>(i) + 0.5) / static_cast<double>(kMostExactRuns)));
  }
  return runs;
}

Noise noise_of(const Metric& metric, const Runs& head, const Runs* base, const SampleHistory* history) {
  Noise out;
  if (history != nullptr) {
    out.s_diff = history->s_diff;
    if (history->records >= kEnoughRecords && history->s_run) {
      out.s_run = *history->s_run;
      out.from_history = true;
      return out;
    }
  }
  const Transform transform(metric);
  SquareSum squares;
  squares.add(transform, head);
  std::size_t most = head.size();
  if (base != nullptr) {
    squares.add(transform, *base);
    most = std::max(most, base->size());
  }
  const double measured = squares.degrees == 0 ? 0 : std::sqrt(squares.sum / static_cast<double>(squares.degrees));
  const double least = least_spread(metric.metric_class);
  out.s_run = std::max(measured, most < kLeastRuns ? std::max(least, usual_spread(metric.metric_class)) : least);
  return out;
}

double standard_error(const Noise& noise, std::size_t base_runs, std::size_t head_runs, bool is_paired) {
  const double sampling =
      noise.s_run * noise.s_run * (1 / static_cast<double>(base_runs) + 1 / static_cast<double>(head_runs));
  const double error = std::sqrt(kMedianFactor * sampling + kDriftWithinJob * kDriftWithinJob);
  return is_paired ? error : std::max(error, noise.s_diff.value_or(0));
}

double median_margin(const Noise& noise, std::size_t runs) {
  const double sampling = noise.s_run * noise.s_run / static_cast<double>(runs);
  return kOneSided999 * std::sqrt(kMedianFactor * sampling + kDriftWithinJob * kDriftWithinJob);
}

double detectable_shift(double standard_error) { return (kOneSided999 + kPower80) * standard_error; }

std::optional<std::size_t> runs_to_detect(const Noise& noise, double shift) {
  constexpr std::size_t kMostRuns = 50;
  for (std::size_t runs = kLeastRuns; runs <= kMostRuns; ++runs) {
    if (detectable_shift(standard_error(noise, runs, runs, true)) <= shift) {
      return runs;
    }
  }
  return std::nullopt;
}

}  // namespace budgetcheck
