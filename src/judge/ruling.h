#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/budget.h"
#include "model/report.h"
#include "model/sample.h"

namespace budgetcheck {

/// What one question about a sample came to: does it keep its limit, did it grow.
struct Ruling {
  Status status = Status::kPass;
  std::string code = "OK";
  std::string message;  ///< may be empty
  std::string hint;
  /// The value of the rerun's fresh runs, where these decided instead of the first ones, and how many they are.
  std::optional<double> fresh_value = {};
  std::uint64_t fresh_runs = 0;
};

/// Which side of the budget is nearer to be broken, and whether the value is beyond it.
struct Limit {
  double value = 0;
  bool is_min = false;
  bool broken = false;
};

/// Whether a value got worse against the base, as far as one can tell.
enum class Growth { kNotWorse, kWorse, kUnknown };

/// What a comparison with the base came to, and what it measured on the way.
struct Compared {
  Ruling ruling;
  Growth growth = Growth::kNotWorse;
  std::optional<Interval> interval;          ///< of the relative shift, 90 %
  std::optional<double> minimum_detectable;  ///< a share
  /// The worst value that stored records let expect of an unchanged commit, where too few runs were compared.
  std::optional<double> expected = {};
  /// Growth was not judged, because too little was measured: so many runs or values of each side would do. 0: it was.
  std::uint64_t runs_to_judge = 0;
};

/// The graver of two rulings; of two that pass, what both say.
Ruling worst(Ruling limit, Ruling growth);

/// How much worse a status is than another.
int severity(Status status);

/// "1.3 kB (0.9%)".
std::string distance(double value, double reference, Unit unit);
/// "6.7%" of 0.067, without a sign.
std::string percent(double share);
/// "+6.7%" of 0.067.
std::string signed_percent(double share);
/// "1 in 180 000" of 5.4e-6.
std::string chance(double p);
/// " (median of 5)": how runs became one number; empty for a single value.
std::string of_runs(const Budget& budget, const Sample& sample);
/// "2.01 s → 2.15 s".
std::string change(double base, double value, Unit unit);
/// What the metric's catalogue row advises. How a limit is changed, reports say once for all.
std::string advice_on_limit(const Metric& metric, bool is_min);
std::string advice_on_growth(const Metric& metric);
/// "the allowed 10% and 3 kB", or what the class allows.
std::string allowed_increase(const Budget& budget, Unit unit);

/// "2.09 s (median of 5) keeps its limit of 4 s", or the failure.
Ruling limit_kept(const Sample& sample, const Limit& limit, double value, const std::string& runs);
Ruling limit_broken(const Metric& metric, const Sample& sample, const Limit& limit, double value,
                    const std::string& runs);

}  // namespace budgetcheck
