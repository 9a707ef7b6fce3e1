#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "judge/counts/count_verdict.h"

namespace budgetcheck {
namespace {

/// Below it the quantiles of all requests are those of the successes, as far as anybody cares.
constexpr double kMostFailed = 0.01;

double failed_share(const Sample& sample) {
  const std::optional<Rate>& rate = sample.failures_within;
  return !rate || rate->n == 0 ? 0 : static_cast<double>(rate->events) / static_cast<double>(rate->n);
}

/// Between which values the quantile of a rank lies; an open end is nothing.
struct Between {
  std::optional<double> least;
  std::optional<double> most;
};

void widen(Between& between, const KnownQuantiles& run, double low, double high) {
  std::optional<double> least = run.min;
  std::optional<double> most = run.max;
  for (const KnownQuantiles::Point& point : run.points) {
    if (point.q <= low) {
      least = point.value;
    }
  }
  for (auto point = run.points.rbegin(); point != run.points.rend(); ++point) {
    if (point->q >= high) {
      most = point->value;
    }
  }
  between.least = between.least && least ? std::optional(std::min(*between.least, *least)) : std::nullopt;
  between.most = between.most && most ? std::optional(std::max(*between.most, *most)) : std::nullopt;
}

/// Of n requests of which a share f failed, the q-quantile of the successes is among all requests between the ranks
/// q (1 - f), when every failure was slower, and f + q (1 - f), when every one was faster.
Between successes_between(const Sample& sample, Stat stat) {
  const double failed = failed_share(sample);
  const std::optional<double> q = quantile_of(stat);
  const double low = q ? *q * (1 - failed) : 0;
  const double high = q ? failed + *q * (1 - failed) : 1;
  if (const auto* distribution = std::get_if<Distribution>(&sample.value)) {
    return {distribution->quantile(low), distribution->quantile(high)};
  }
  const auto* runs = std::get_if<QuantileRuns>(&sample.value);
  if (runs == nullptr || runs->empty()) {
    return {};
  }
  constexpr double kLargest = 1e300;
  Between between{kLargest, 0};
  for (const KnownQuantiles& run : *runs) {
    widen(between, run, low, high);
  }
  return between;
}

}  // namespace

bool failures_blur(const Sample& sample) { return failed_share(sample) > kMostFailed; }

std::optional<Ruling> limit_left_open_by_failures(const Budget& budget, const Sample& sample) {
  if (!failures_blur(sample) || (!budget.max && !budget.min)) {
    return std::nullopt;
  }
  const Between between = successes_between(sample, budget.stat);
  const auto is_same_side = [&](const std::optional<double>& limit) {
    return !limit || (between.most && *between.most <= *limit) || (between.least && *between.least > *limit);
  };
  if (is_same_side(budget.max) && is_same_side(budget.min)) {
    return std::nullopt;
  }
  return Ruling{
      Status::kInconclusive, "FAILURES_MIXED_IN",
      fmt::format("{} of all requests, but {} of {} failed, and the file does not tell their times from those of "
                  "the successes",
                  format_quantity(aggregate(sample, budget.stat), sample.unit), sample.failures_within->events,
                  sample.failures_within->n),
      "make the requests succeed (load.errors says how many did not), or pass the tool's raw results"};
}

}  // namespace budgetcheck
