#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"

namespace budgetcheck {

/// A summary of many non-negative values that merges exactly: merge(split(x)) equals x, in any order.
/// Up to kMaxExact values are kept as they are; beyond that each value falls into an integer log-linear bin
/// (7 mantissa bits: at most 1/128 wide) in steps of kResolution. Count, minimum and maximum stay exact.
class Distribution {
 public:
  static constexpr std::size_t kMaxExact = 64;
  /// Values are binned as integers of this size: a thousandth of a millisecond, of a byte, of a count.
  static constexpr double kResolution = 1e-3;

  /// Negative and non-finite values are counted as 0.
  void add(double value);
  void merge(const Distribution& other);

  std::uint64_t count() const { return count_; }
  double min() const { return min_; }
  double max() const { return max_; }
  /// Of the values while exact, else of the values rounded to kResolution: the same in whatever order they came.
  double sum() const;
  bool exact() const { return bins_.empty(); }

  /// Quantile by linear interpolation between order statistics (exact values), or the middle of the bin of that
  /// rank. `q` from 0 to 1; 0 for an empty distribution.
  double quantile(double q) const;

  /// The values while exact, in the order of arrival.
  const std::vector<double>& values() const { return values_; }
  /// Lower edge in steps of kResolution, and count; empty while exact.
  const std::map<std::uint64_t, std::uint64_t>& bins() const { return bins_; }

  /// The inverse of bins(), min(), max() and sum(), for a record that is read back. Errors: kInput when they
  /// contradict each other.
  static Expected<Distribution> from_bins(std::map<std::uint64_t, std::uint64_t> bins, double min, double max,
                                          double sum);

 private:
  friend class Histogram;
  /// Lower edge of the bin that holds a value of so many steps.
  static std::uint64_t bin_of(std::uint64_t steps);
  /// Finite and not negative.
  static std::uint64_t to_steps(double value);
  void spill();

  std::vector<double> values_;
  std::map<std::uint64_t, std::uint64_t> bins_;
  std::uint64_t count_ = 0;
  double min_ = 0;
  double max_ = 0;
  std::uint64_t sum_steps_ = 0;  ///< unused while exact
};

/// Quantile of raw values by linear interpolation between order statistics (type 7); 0 for none.
double quantile(std::vector<double> values, double q);

}  // namespace budgetcheck
