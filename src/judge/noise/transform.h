#pragma once

#include "model/budget.h"
#include "model/metric.h"

namespace budgetcheck {

/// The scale on which a metric's noise is compared; bigger is worse on it, whatever the metric's direction.
///
/// Times and layout shifts: ln(x + a) with the smallest change that matters as `a`, since their noise is a share of
/// the value but values of 0 are common (25 ms for quiet times, 50 ms for noisy ones, 0.01 for shifts). Scores: 1 - x
/// as a share of a perfect one. Everything else as it is.
class Transform {
 public:
  explicit Transform(const Metric& metric);

  double operator()(double value) const;
  /// The value that is `shift` worse than `value`.
  double worsened(double value, double shift) const;
  /// A difference on the scale as a share of the base: exp(d) - 1 on the logarithmic one, else by the base's value
  /// (infinite for a base of 0).
  double relative(double shift, double base) const;
  /// How much worse `head` is in the metric's own unit; negative: better.
  double absolute(double head, double base) const { return (head - base) * sign_; }

  bool is_logarithmic() const { return kind_ == Kind::kLogarithm; }

 private:
  enum class Kind { kLogarithm, kShare, kIdentity };
  Kind kind_ = Kind::kIdentity;
  double offset_ = 0;
  double scale_ = 1;
  double sign_ = 1;  ///< -1: higher is better
};

/// From where growth counts: as a share of the base, and in the metric's unit; both must be reached.
struct Floors {
  double absolute = 0;
  double relative = 0;
};
/// What the budget allows (max_increase; what it leaves out is not a condition), else what the metric's class does.
Floors floors_of(const Budget& budget);

/// Judged by runs and their noise: times, layout shifts, scores.
bool is_noisy(MetricClass metric_class);

}  // namespace budgetcheck
