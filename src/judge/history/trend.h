#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace budgetcheck {

// How a metric develops on the main branch. A change so small that no comparison with the base sees it becomes visible
// over many commits.

/// When it was measured (a day, or the number of a commit) and what came out.
struct TrendPoint {
  double at = 0;
  double value = 0;
};

/// A line through the points by the median of all pair slopes (Theil and Sen), which outliers hardly move.
struct Slope {
  double per_unit = 0;  ///< of `at`
  double low = 0;       ///< Sen's 90 % interval
  double high = 0;
  double mann_kendall = 0;  ///< z of the trend test; positive: rising
  double drift = 0;         ///< change over the whole range, as a share of the middle value
  TrendPoint middle;        ///< the line passes through it
};
/// Nothing for fewer than 5 points, or all at one time. Of more than 365 the newest (last) ones count. Points are in
/// order of time.
std::optional<Slope> theil_sen(const std::vector<TrendPoint>& points);

/// Whether a slope is worth telling: |z| of at least 2.58 and a drift of at least 2 %.
bool is_trend(const Slope& slope);

/// When the value will pass `limit`: between the times that the steepest and the flattest slope of the interval say.
struct Breach {
  double earliest = 0;
  double likely = 0;
  std::optional<double> latest;  ///< nothing: the flattest slope never gets there
};
/// Nothing unless is_trend() holds and the value moves towards the limit from the right side of it.
/// `limit_is_min`: it is passed from above.
std::optional<Breach> projected_breach(const std::vector<TrendPoint>& points, double limit, bool limit_is_min);

/// Whether values drifted since the commits 41 to 70 ago.
struct DriftTest {
  double shift = 0;        ///< last ten against the anchor; of exact values the last one, as a share
  double relative = 0;     ///< the same as a share
  double z = 0;            ///< 0 for exact values
  bool alarm = false;      ///< 5 % or more (and z >= 4.5)
  std::size_t anchor = 0;  ///< how many commits it rests on
};
/// For noisy metrics: `means` are the means of ln(value) (judge/transform.h) of each commit, oldest first. Nothing for
/// fewer than 50 commits.
std::optional<DriftTest> drift_of_noisy(const std::vector<double>& means);
/// For bytes and counts: the newest value against the anchor's median. Nothing for fewer than 50 commits.
std::optional<DriftTest> drift_of_exact(const std::vector<double>& values);

}  // namespace budgetcheck
