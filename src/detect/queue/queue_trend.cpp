#include "detect/queue/queue_trend.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>

namespace budgetcheck {
namespace {

constexpr std::size_t kMostPoints = 400;

/// Of a line through readings of a walk: its growth has 6/5 of the variance of the walk's own.
constexpr double kOfFittedLine = 1.2;

std::vector<double> means_of(const std::vector<double>& values, std::size_t each) {
  std::vector<double> means;
  for (std::size_t i = 0; i < values.size(); i += each) {
    const std::size_t end = std::min(i + each, values.size());
    double sum = 0;
    for (std::size_t k = i; k < end; ++k) {
      sum += values[k];
    }
    means.push_back(sum / static_cast<double>(end - i));
  }
  return means;
}

/// The variance of the walk's place after all its steps, as far from a straight line as steps that are `each` readings
/// long show it.
double variance_of_walk(const std::vector<double>& values, std::size_t each) {
  std::vector<double> steps;
  for (std::size_t i = each; i < values.size(); i += each) {
    steps.push_back(values[i] - values[i - each]);
  }
  if (steps.size() < 3) {
    return 0;
  }
  double mean = 0;
  for (const double step : steps) {
    mean += step;
  }
  mean /= static_cast<double>(steps.size());
  double squares = 0;
  for (const double step : steps) {
    squares += (step - mean) * (step - mean);
  }
  return squares / static_cast<double>(steps.size() - 1) * static_cast<double>(values.size() - 1) /
         static_cast<double>(each);
}

double mann_kendall_of(const std::vector<double>& values) {
  const std::size_t n = values.size();
  std::int64_t sum = 0;
  std::map<double, double> ties;
  for (std::size_t i = 0; i < n; ++i) {
    ties[values[i]] += 1;
    for (std::size_t k = i + 1; k < n; ++k) {
      sum += values[k] > values[i] ? 1 : values[k] < values[i] ? -1 : 0;
    }
  }
  const auto count = static_cast<double>(n);
  double variance = count * (count - 1) * (2 * count + 5);
  for (const auto& [value, t] : ties) {
    variance -= t * (t - 1) * (2 * t + 5);
  }
  variance /= 18;
  if (sum == 0 || variance <= 0) {
    return 0;
  }
  return static_cast<double>(sum > 0 ? sum - 1 : sum + 1) / std::sqrt(variance);
}

}  // namespace

QueueTrend trend_of(const std::vector<double>& all_times, const std::vector<double>& all_values) {
  QueueTrend trend;
  if (all_values.size() < 3 || all_times.size() != all_values.size()) {
    return trend;
  }
  const std::size_t each = (all_values.size() + kMostPoints - 1) / kMostPoints;
  const std::vector<double> at = means_of(all_times, each);
  const std::vector<double> values = means_of(all_values, each);
  std::vector<double> slopes;
  slopes.reserve(values.size() * (values.size() - 1) / 2);
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t k = i + 1; k < values.size(); ++k) {
      if (at[k] > at[i]) {
        slopes.push_back((values[k] - values[i]) / (at[k] - at[i]));
      }
    }
  }
  if (slopes.empty()) {
    return trend;
  }
  const auto middle = slopes.begin() + static_cast<std::ptrdiff_t>(slopes.size() / 2);
  std::nth_element(slopes.begin(), middle, slopes.end());
  trend.slope = *middle;
  if (slopes.size() % 2 == 0) {
    trend.slope = (trend.slope + *std::max_element(slopes.begin(), middle)) / 2;
  }
  trend.mann_kendall = mann_kendall_of(values);
  // Steps of several lengths: waves and bursts make long ones bigger than short ones tell.
  double variance = 0;
  for (std::size_t step = 1; step * 6 < all_values.size(); step *= 2) {
    variance = std::max(variance, variance_of_walk(all_values, step));
  }
  const double growth = trend.slope * (all_times.back() - all_times.front());
  constexpr double kNever = 99;
  trend.against_walk = variance > 0 ? growth / std::sqrt(variance * kOfFittedLine) : growth > 0 ? kNever : 0;
  return trend;
}

}  // namespace budgetcheck
