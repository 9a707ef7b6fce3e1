#include "base/distribution.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "base/number.h"

namespace budgetcheck {
namespace {

constexpr int kMantissaBits = 7;

double middle_of(std::uint64_t bin) {
  const int bits = static_cast<int>(std::bit_width(bin));
  const int shift = bits > kMantissaBits + 1 ? bits - kMantissaBits - 1 : 0;
  const double width = std::ldexp(1.0, shift);
  return (static_cast<double>(bin) + (width - 1) / 2) * Distribution::kResolution;
}

}  // namespace

double quantile(std::vector<double> values, double q) {
  if (values.empty()) {
    return 0;
  }
  std::sort(values.begin(), values.end());
  const double rank = q * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(rank);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (rank - static_cast<double>(below)) * (values[above] - values[below]);
}

/// The upper 8 significant bits, by shifts only, so that no two machines can disagree.
std::uint64_t Distribution::bin_of(std::uint64_t steps) {
  const int bits = static_cast<int>(std::bit_width(steps));
  const int shift = bits > kMantissaBits + 1 ? bits - kMantissaBits - 1 : 0;
  return steps >> shift << shift;
}

/// Rounded half up, as std::round does with what is not negative, but without a call.
std::uint64_t Distribution::to_steps(double value) {
  constexpr double kMaxSteps = 1e18;
  constexpr double kHalf = 0.5;
  const double scaled = std::min(value / kResolution, kMaxSteps);
  const auto whole = static_cast<std::int64_t>(scaled);
  return static_cast<std::uint64_t>(whole) + (scaled - static_cast<double>(whole) >= kHalf ? 1U : 0U);
}

void Distribution::add(double value) {
  if (!std::isfinite(value) || value < 0) {
    value = 0;
  }
  min_ = count_ == 0 ? value : std::min(min_, value);
  max_ = count_ == 0 ? value : std::max(max_, value);
  count_ = saturating_add(count_, 1);
  if (!bins_.empty()) {
    ++bins_[bin_of(to_steps(value))];
    sum_steps_ = saturating_add(sum_steps_, to_steps(value));
    return;
  }
  values_.push_back(value);
  if (values_.size() > kMaxExact) {
    spill();
  }
}

void Distribution::spill() {
  for (const double value : values_) {
    ++bins_[bin_of(to_steps(value))];
    sum_steps_ = saturating_add(sum_steps_, to_steps(value));
  }
  values_.clear();
  values_.shrink_to_fit();
}

void Distribution::merge(const Distribution& other) {
  if (other.exact()) {
    const std::vector<double> values = other.values_;  // a copy: `other` may be this very object
    for (const double value : values) {
      add(value);
    }
    return;
  }
  if (bins_.empty()) {
    spill();
  }
  for (const auto& [bin, n] : other.bins_) {
    std::uint64_t& mine = bins_[bin];
    mine = saturating_add(mine, n);
  }
  min_ = count_ == 0 ? other.min_ : std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
  sum_steps_ = saturating_add(sum_steps_, other.sum_steps_);
  count_ = saturating_add(count_, other.count_);
}

double Distribution::sum() const {
  if (!bins_.empty()) {
    return static_cast<double>(sum_steps_) * kResolution;
  }
  std::vector<double> sorted = values_;
  std::sort(sorted.begin(), sorted.end());
  return std::accumulate(sorted.begin(), sorted.end(), 0.0);
}

double Distribution::quantile(double q) const {
  if (bins_.empty()) {
    return budgetcheck::quantile(values_, q);
  }
  if (q <= 0) {
    return min_;
  }
  if (q >= 1) {
    return max_;
  }
  const auto rank = static_cast<std::uint64_t>(std::ceil(q * static_cast<double>(count_)));
  std::uint64_t seen = 0;
  for (const auto& [bin, n] : bins_) {
    seen += n;
    if (seen >= rank) {
      return std::clamp(middle_of(bin), min_, max_);
    }
  }
  return max_;
}

Expected<Distribution> Distribution::from_bins(std::map<std::uint64_t, std::uint64_t> bins, double min, double max,
                                               double sum) {
  Distribution out;
  for (const auto& [bin, n] : bins) {
    if (n == 0 || bin_of(bin) != bin) {
      return fail(ErrorKind::kInput, "the histogram has an impossible bin " + std::to_string(bin));
    }
    out.count_ = saturating_add(out.count_, n);
  }
  const bool finite = std::isfinite(min) && std::isfinite(max) && std::isfinite(sum);
  if (bins.empty() || !finite || min < 0 || min > max || bin_of(to_steps(min)) != bins.begin()->first ||
      bin_of(to_steps(max)) != bins.rbegin()->first) {
    return fail(ErrorKind::kInput, "the histogram's bins do not fit its minimum and maximum");
  }
  const double n = static_cast<double>(out.count_);
  const double slack = (n + 1) * kResolution;  // what rounding to steps can move
  if (sum < n * min - slack || sum > n * max + slack) {
    return fail(ErrorKind::kInput, "the histogram's sum does not fit its count, minimum and maximum");
  }
  out.bins_ = std::move(bins);
  out.min_ = min;
  out.max_ = max;
  out.sum_steps_ = to_steps(sum);
  return out;
}

}  // namespace budgetcheck
