#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace budgetcheck {

// Tests on ranks: they assume nothing of how a measurement's noise is distributed. Throughout, bigger is worse.

/// Values of one side beyond this are not compared exactly: mann_whitney() takes the normal approximation, and
/// hodges_lehmann() as many evenly spaced order statistics.
constexpr std::size_t kMostExactRuns = 64;

/// The Mann-Whitney test, one-sided: how probable ranks of `head` as high as these, or higher, are if both sides are
/// samples of one thing. Exact for up to kMostExactRuns values a side, with ties (every way of sharing out the middle
/// ranks is counted); beyond that approximate, with the correction for ties. 1 when a side is empty.
double mann_whitney(const std::vector<double>& head, const std::vector<double>& base);

/// The smallest that mann_whitney() can be: every value of one side worse than all of the other. 1 for an empty side.
double smallest_p(std::size_t head, std::size_t base);

/// The Hodges-Lehmann shift: the median of all differences head - base, with its interval by the order statistics of
/// these differences.
struct Shift {
  double estimate = 0;
  double low = 0;
  double high = 0;
  bool has_interval = false;  ///< false: too few values for one of 90 %
};
Shift hodges_lehmann(const std::vector<double>& head, const std::vector<double>& base);

/// How many of the differences the 90 % interval leaves out at each end: the largest C with P(U <= C) <= 5 %. For 10
/// against 10: 27. Nothing: so few values have no such interval.
std::optional<std::size_t> left_out_differences(std::size_t head, std::size_t base);

/// Benjamini and Hochberg: which of these tests hold when at most the share `q` of those that do may be false. The
/// largest k counts for which the k-th smallest p is at most q k / m. In the order of `p`.
std::vector<bool> benjamini_hochberg(const std::vector<double>& p, double q);

}  // namespace budgetcheck
