#include "judge/noise/transform.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace budgetcheck {
namespace {

constexpr double kQuietOffset = 25;  // ms
constexpr double kNoisyOffset = 50;  // ms
constexpr double kShiftOffset = 0.01;
constexpr double kPerfectScore = 100;  // points
constexpr double kTiny = 1e-12;        // keeps a logarithm finite

}  // namespace

Transform::Transform(const Metric& metric) : sign_(metric.direction == Direction::kHigherIsBetter ? -1 : 1) {
  switch (metric.metric_class) {
    case MetricClass::kTimingQuiet:
      kind_ = Kind::kLogarithm;
      offset_ = kQuietOffset;
      break;
    case MetricClass::kTimingNoisy:
      kind_ = Kind::kLogarithm;
      offset_ = kNoisyOffset;
      break;
    case MetricClass::kCls:
      kind_ = Kind::kLogarithm;
      offset_ = kShiftOffset;
      break;
    case MetricClass::kPercentile:
      // A team's own percentile may be in any unit, with a floor of its own or none.
      kind_ = Kind::kLogarithm;
      offset_ = metric.unit == Unit::kMilliseconds ? kQuietOffset : metric.floor_absolute;
      break;
    case MetricClass::kScore:
      kind_ = Kind::kShare;
      scale_ = metric.unit == Unit::kPoints ? kPerfectScore : 1;
      break;
    case MetricClass::kBytes:
    case MetricClass::kCount:
    case MetricClass::kRate:
      break;
  }
}

double Transform::operator()(double value) const {
  switch (kind_) {
    case Kind::kLogarithm:
      return sign_ * std::log(std::max(value, 0.0) + std::max(offset_, kTiny));
    case Kind::kShare:
      return sign_ * value / scale_ + (sign_ < 0 ? 1 : 0);
    case Kind::kIdentity:
      return sign_ * value;
  }
  return value;
}

double Transform::worsened(double value, double shift) const {
  if (kind_ == Kind::kLogarithm) {
    const double offset = std::max(offset_, kTiny);
    return std::max(0.0, (std::max(value, 0.0) + offset) * std::exp(sign_ * shift) - offset);
  }
  return value + sign_ * shift * scale_;
}

double Transform::relative(double shift, double base) const {
  if (kind_ == Kind::kLogarithm) {
    return std::expm1(shift);
  }
  if (shift == 0) {
    return 0;
  }
  return base == 0 ? std::copysign(std::numeric_limits<double>::infinity(), shift) : shift * scale_ / std::fabs(base);
}

Floors floors_of(const Budget& budget) {
  if (budget.max_increase) {
    return {budget.max_increase->absolute.value_or(0), budget.max_increase->relative.value_or(0)};
  }
  return {budget.metric->floor_absolute, budget.metric->floor_relative};
}

bool is_noisy(MetricClass metric_class) {
  return metric_class == MetricClass::kTimingQuiet || metric_class == MetricClass::kTimingNoisy ||
         metric_class == MetricClass::kCls || metric_class == MetricClass::kScore;
}

}  // namespace budgetcheck
