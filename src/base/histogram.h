#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/distribution.h"

namespace budgetcheck {

/// Gathers the values of a Distribution while a big file streams past: the same values give the same Distribution, to
/// the bit, but a value costs a tenth of the time. Its bins stand in an open hash table, where Distribution's tree has
/// a node for each.
class Histogram {
 public:
  /// Negative and non-finite values are counted as 0.
  void add(double value) {
    values_.push_back(value);
    if (values_.size() > waiting_) {
      count_values();
    }
  }
  void merge(const Histogram& other);

  /// What was gathered.
  Distribution distribution() const;

 private:
  void count_values();
  void add_to_bin(std::uint64_t bin, std::uint64_t count);
  std::size_t place_of(std::uint64_t number) const;
  void grow();

  /// Not yet counted. One after the other they would wait for the memory of their bins; together they wait once. Where
  /// many have come, more wait.
  std::vector<double> values_;
  std::size_t waiting_ = Distribution::kMaxExact;
  std::vector<std::uint64_t> places_;  ///< bins that are not empty: count and number; empty while there are few values
  std::size_t used_ = 0;
  // Of what is counted:
  std::uint64_t count_ = 0;
  double min_ = 0;
  double max_ = 0;
  std::uint64_t sum_steps_ = 0;
};

}  // namespace budgetcheck
