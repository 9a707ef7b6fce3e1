#pragma once

#include <cstddef>
#include <vector>

namespace budgetcheck {

/// How a row of readings develops.
struct QueueTrend {
  double slope = 0;         ///< per unit of time: the median of the slopes between any two readings (Theil and Sen)
  double mann_kendall = 0;  ///< z of that test, with its correction for ties; positive: rising
  /// The growth that the slope means over the row, in standard errors of a walk that goes nowhere and has steps like
  /// these: a queue that is near its limit walks far without growing, and Mann and Kendall take each reading as if it
  /// knew nothing of the one before.
  double against_walk = 0;
};

/// Of as many values as times, three at least; of more than 400, means of neighbours count.
QueueTrend trend_of(const std::vector<double>& at, const std::vector<double>& values);

}  // namespace budgetcheck
