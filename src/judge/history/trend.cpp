#include "judge/history/trend.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "base/distribution.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kLeastPoints = 5;
constexpr std::size_t kMostPoints = 365;
constexpr double kZ90 = 1.6448536269514722;  // 5 % at each end
constexpr double kTrendZ = 2.58;
constexpr double kTrendDrift = 0.02;

constexpr std::size_t kLast = 10;
constexpr std::size_t kAnchorEnd = 40;    // commits before the newest one that are too young for the anchor
constexpr std::size_t kAnchorBegin = 70;  // and from where they are too old
constexpr std::size_t kLeastAnchor = 10;
constexpr std::size_t kDropped = 3;  // the largest steps: a step is not noise
constexpr double kDriftZ = 4.5;
constexpr double kDriftShare = 0.05;

double mean(std::vector<double>::const_iterator begin, std::vector<double>::const_iterator end) {
  return std::accumulate(begin, end, 0.0) / static_cast<double>(end - begin);
}

/// The variance of Mann and Kendall's S, corrected for equal values.
double kendall_variance(const std::vector<TrendPoint>& points) {
  std::map<double, double> equal;
  for (const TrendPoint& point : points) {
    equal[point.value] += 1;
  }
  const auto term = [](double n) { return n * (n - 1) * (2 * n + 5); };
  double sum = term(static_cast<double>(points.size()));
  for (const auto& [value, n] : equal) {
    sum -= term(n);
  }
  return sum / 18;
}

/// Where the anchor lies in a list of n commits; empty when there are too few.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};
std::optional<Range> anchor_of(std::size_t n) {
  if (n < kAnchorEnd + kLeastAnchor) {
    return std::nullopt;
  }
  return Range{n > kAnchorBegin ? n - kAnchorBegin : 0, n - kAnchorEnd};
}

}  // namespace

std::optional<Slope> theil_sen(const std::vector<TrendPoint>& all) {
  const std::size_t skipped = all.size() > kMostPoints ? all.size() - kMostPoints : 0;
  const std::vector<TrendPoint> points(all.begin() + static_cast<std::ptrdiff_t>(skipped), all.end());
  if (points.size() < kLeastPoints) {
    return std::nullopt;
  }
  std::vector<double> slopes;
  double s = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (std::size_t j = i + 1; j < points.size(); ++j) {
      const double time = points[j].at - points[i].at;
      const double rise = points[j].value - points[i].value;
      if (time > 0) {
        slopes.push_back(rise / time);
        s += rise > 0 ? 1 : rise < 0 ? -1 : 0;
      }
    }
  }
  if (slopes.empty()) {
    return std::nullopt;
  }
  std::sort(slopes.begin(), slopes.end());
  const auto n = static_cast<double>(points.size());
  const auto pairs = static_cast<double>(slopes.size());
  const double c = kZ90 * std::sqrt(n * (n - 1) * (2 * n + 5) / 18);
  const auto at_rank = [&](double rank) {
    return slopes[static_cast<std::size_t>(std::clamp(std::round(rank), 0.0, pairs - 1))];
  };
  Slope out;
  out.per_unit = quantile(slopes, 0.5);
  out.low = at_rank((pairs - c) / 2 - 1);
  out.high = at_rank((pairs + c) / 2);
  const double variance = kendall_variance(points);
  out.mann_kendall = s == 0 || variance <= 0 ? 0 : (s - std::copysign(1.0, s)) / std::sqrt(variance);
  std::vector<double> times;
  std::vector<double> values;
  for (const TrendPoint& point : points) {
    times.push_back(point.at);
    values.push_back(point.value);
  }
  out.middle.at = quantile(times, 0.5);
  std::vector<double> level;
  for (const TrendPoint& point : points) {
    level.push_back(point.value - out.per_unit * (point.at - out.middle.at));
  }
  out.middle.value = quantile(level, 0.5);
  const double range = points.back().at - points.front().at;
  out.drift = out.middle.value == 0 ? 0 : out.per_unit * range / std::fabs(out.middle.value);
  return out;
}

bool is_trend(const Slope& slope) {
  return std::fabs(slope.mann_kendall) >= kTrendZ && std::fabs(slope.drift) >= kTrendDrift;
}

std::optional<Breach> projected_breach(const std::vector<TrendPoint>& points, double limit, bool limit_is_min) {
  const std::optional<Slope> slope = theil_sen(points);
  if (!slope || !is_trend(*slope)) {
    return std::nullopt;
  }
  const double sign = limit_is_min ? -1 : 1;
  const double room = sign * (limit - slope->middle.value);
  const double now = points.back().at;
  const double pace = sign * slope->per_unit;
  const double on_line_now = slope->middle.value + slope->per_unit * (now - slope->middle.at);
  if (room <= 0 || pace <= 0 || sign * (limit - on_line_now) <= 0) {
    return std::nullopt;
  }
  const double steepest = limit_is_min ? -slope->low : slope->high;
  const double flattest = limit_is_min ? -slope->high : slope->low;
  Breach out;
  out.likely = slope->middle.at + room / pace;
  out.earliest = std::max(now, slope->middle.at + room / std::max(steepest, pace));
  if (flattest > 0) {
    out.latest = slope->middle.at + room / std::min(flattest, pace);
  }
  return out;
}

std::optional<DriftTest> drift_of_noisy(const std::vector<double>& means) {
  const std::optional<Range> anchor = anchor_of(means.size());
  if (!anchor) {
    return std::nullopt;
  }
  const auto at = [&](std::size_t i) { return means.begin() + static_cast<std::ptrdiff_t>(i); };
  std::vector<double> squares;
  for (std::size_t i = anchor->begin + 1; i < means.size(); ++i) {
    squares.push_back((means[i] - means[i - 1]) * (means[i] - means[i - 1]));
  }
  std::sort(squares.begin(), squares.end());
  squares.resize(squares.size() - kDropped);
  const double sd = std::sqrt(mean(squares.begin(), squares.end()) / 2);
  DriftTest out;
  out.anchor = anchor->end - anchor->begin;
  out.shift = mean(at(means.size() - kLast), means.end()) - mean(at(anchor->begin), at(anchor->end));
  out.relative = std::expm1(out.shift);
  const double error = sd * std::sqrt(1.0 / static_cast<double>(kLast) + 1.0 / static_cast<double>(out.anchor));
  if (error > 0) {
    out.z = out.shift / error;
  } else if (out.shift != 0) {
    out.z = std::copysign(std::numeric_limits<double>::infinity(), out.shift);
  }
  out.alarm = out.relative >= kDriftShare && out.z >= kDriftZ;
  return out;
}

std::optional<DriftTest> drift_of_exact(const std::vector<double>& values) {
  const std::optional<Range> anchor = anchor_of(values.size());
  if (!anchor) {
    return std::nullopt;
  }
  const double then = quantile({values.begin() + static_cast<std::ptrdiff_t>(anchor->begin),
                                values.begin() + static_cast<std::ptrdiff_t>(anchor->end)},
                               0.5);
  DriftTest out;
  out.anchor = anchor->end - anchor->begin;
  out.shift = values.back() - then;
  out.relative = out.shift == 0 ? 0
                 : then == 0    ? std::copysign(std::numeric_limits<double>::infinity(), out.shift)
                                : out.shift / std::fabs(then);
  constexpr double kRounding = 1e-12;
  out.alarm = out.relative >= kDriftShare - kRounding;
  return out;
}

}  // namespace budgetcheck
