#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace budgetcheck {

/// Some quantiles of one run, as a load tool tells them: no other can be derived, so none is made up.
struct KnownQuantiles {
  struct Point {
    double q = 0;  ///< from 0 to 1, both apart
    double value = 0;
    bool operator==(const Point&) const = default;
  };
  std::vector<Point> points;  ///< by rising q, each once
  std::optional<double> min;
  std::optional<double> max;
  std::optional<double> mean;
  std::uint64_t n = 0;  ///< of how many values; 0: not told

  /// Puts it in its place; a quantile that is told already keeps its value.
  void add(double q, double value);
  /// Nothing: not told.
  std::optional<double> at(double q) const;
  bool empty() const { return points.empty() && !min && !max && !mean; }

  bool operator==(const KnownQuantiles&) const = default;
};

/// One a run, in the order in which they were made.
using QuantileRuns = std::vector<KnownQuantiles>;

/// "p50", "p99.9": of a quantile between 0 and 1.
std::string quantile_name(double q);
/// The quantile of "p95", "p99.9"; nothing for another name.
std::optional<double> parse_quantile_name(std::string_view name);

/// "p50, p90 and max": what every run tells.
std::string told_quantiles(const QuantileRuns& runs);

}  // namespace budgetcheck
