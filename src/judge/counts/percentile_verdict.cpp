#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/number.h"
#include "base/text.h"
#include "judge/counts/count_verdict.h"
#include "judge/counts/exact_tests.h"
#include "judge/noise/confirmation.h"
#include "judge/noise/few_runs.h"
#include "judge/noise/noisy_verdict.h"
#include "judge/noise/transform.h"

namespace budgetcheck {
namespace {

constexpr double kZ99 = 2.5758293035489004;  // of 0.5 % at each end, like the order statistics
constexpr double kUnknownBetweenJobs = 0.03;
constexpr double kDriftWithinJob = 0.005;
constexpr double kValuesBeyond = 10;
constexpr double kRounding = 1e-9;

std::uint64_t values_needed(double q) { return static_cast<std::uint64_t>(std::llround(kValuesBeyond / (1 - q))); }

/// The value of a rank (from 1).
double order_statistic(const Sample& sample, std::uint64_t rank) {
  if (const auto* distribution = std::get_if<Distribution>(&sample.value); distribution != nullptr) {
    if (!distribution->exact()) {
      return distribution->quantile((static_cast<double>(rank) - 0.5) / static_cast<double>(distribution->count()));
    }
    Runs values = distribution->values();
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(rank - 1)];
  }
  if (const auto* runs = std::get_if<Runs>(&sample.value)) {
    Runs values = *runs;
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(rank - 1)];
  }
  return std::get<Single>(sample.value);
}

bool has_values(const Sample& sample) {
  return std::holds_alternative<Runs>(sample.value) || std::holds_alternative<Distribution>(sample.value);
}

/// The 99 % interval on the metric's scale; an open end is nothing.
struct Bounds {
  std::optional<double> better;
  std::optional<double> worse;
};

/// How far the quantile of a rank below `q` may lie from the told one, on the scale: the slope between the neighbours
/// that are told, which is for the width of an interval alone. Nothing: no lower one is told.
std::optional<double> told_half_width(const KnownQuantiles& run, const Transform& transform, double q, double low) {
  const std::optional<double> at = run.at(q);
  const KnownQuantiles::Point* below = nullptr;
  for (const KnownQuantiles::Point& point : run.points) {
    if (point.q < q - kRounding) {
      below = &point;
    }
  }
  if (!at || below == nullptr) {
    return std::nullopt;
  }
  const double width = std::max(0.0, transform(*at) - transform(below->value));
  return low <= below->q ? width : width * (q - low) / (q - below->q);
}

/// Of runs that tell quantiles and no values. Only the better end is needed: what is not clearly broken stays open.
Bounds bounds_of_told(const Budget& budget, const Sample& sample, double q, double between_jobs) {
  const Transform transform(*budget.metric);
  const auto& runs = std::get<QuantileRuns>(sample.value);
  const double middle = transform(aggregate(sample, budget.stat));
  Bounds out;
  double widest = 0;
  for (const KnownQuantiles& run : runs) {
    const QuantileRanks ranks = run.n == 0 ? QuantileRanks{} : quantile_ranks(run.n, q);
    if (run.n != 0 && !ranks.low) {
      return out;  // too few values
    }
    // Of too few values nothing between two told quantiles is trusted.
    const bool are_enough = ranks.low && run.n >= values_needed(q);
    const double low = are_enough ? static_cast<double>(*ranks.low) / static_cast<double>(run.n) : 0;
    const std::optional<double> half = told_half_width(run, transform, q, low);
    if (!half) {
      return out;
    }
    widest = std::max(widest, *half);
  }
  out.better = middle - std::hypot(widest, kZ99 * between_jobs);
  return out;
}

/// `between_jobs`: what lies between two jobs on the scale, which no number of values within one shows.
Bounds bounds_of(const Budget& budget, const Sample& sample, double q, double between_jobs) {
  const Transform transform(*budget.metric);
  Bounds out;
  if (std::holds_alternative<QuantileRuns>(sample.value)) {
    return bounds_of_told(budget, sample, q, between_jobs);
  }
  if (!has_values(sample)) {
    return out;
  }
  const QuantileRanks ranks = quantile_ranks(run_count(sample), q);
  const double middle = transform(aggregate(sample, budget.stat));
  const auto widened = [&](std::uint64_t rank, double side) {
    const double half = transform(order_statistic(sample, rank)) - middle;
    return middle + side * std::hypot(std::max(0.0, side * half), kZ99 * between_jobs);
  };
  const bool is_reversed = budget.metric->direction == Direction::kHigherIsBetter;
  const auto& better = is_reversed ? ranks.high : ranks.low;
  const auto& worse = is_reversed ? ranks.low : ranks.high;
  if (better) {
    out.better = widened(*better, -1);
  }
  if (worse) {
    out.worse = widened(*worse, 1);
  }
  return out;
}

/// s_diff is of a difference of two jobs; one of them has its share of it.
double between_jobs(const BaseComparison& comparison, bool is_paired) {
  if (is_paired) {
    return kDriftWithinJob;
  }
  const bool known = comparison.base != nullptr && comparison.base->history && comparison.base->history->s_diff;
  return known ? *comparison.base->history->s_diff / std::sqrt(2.0) : kUnknownBetweenJobs;
}

bool is_paired(const BaseComparison& comparison) {
  return comparison.circumstances != nullptr && comparison.circumstances->paired();
}

/// Why times of the two sides cannot be compared; without a code nothing is in the way.
ComparisonObstacle obstacle_to(const Budget& budget, const Sample& sample, const BaseComparison& comparison) {
  return comparison.circumstances == nullptr
             ? ComparisonObstacle{}
             : obstacle_to_timing(budget.metric_id, sample.where, *comparison.circumstances);
}

/// What is said where something is in the way.
Compared not_comparable(const std::string& numbers, const ComparisonObstacle& obstacle, bool is_asked) {
  Compared out;
  out.growth = Growth::kUnknown;
  out.ruling = {is_asked ? Status::kInconclusive : Status::kPass, is_asked ? obstacle.code : "OK",
                fmt::format("{} is not judged: {}", numbers, obstacle.reason), obstacle.hint};
  return out;
}

/// What each run tells, as runs that are judged like other times.
Sample as_runs(const Budget& budget, const Sample& sample) {
  Sample out = sample;
  Runs values;
  if (const auto* runs = std::get_if<QuantileRuns>(&sample.value)) {
    values = told_by_each(*runs, budget.stat);
  } else {
    values.push_back(aggregate(sample, budget.stat));
  }
  out.value = std::move(values);
  return out;
}

/// Quantiles of a run have no interval that would tell growth from chance, but those of several runs have: they are
/// compared like other times that were measured several times.
Compared rule_on_told_growth(const Budget& budget, const Sample& sample, const BaseComparison& comparison,
                             const std::string& numbers, double absolute) {
  const Sample ours = as_runs(budget, sample);
  const Sample theirs = as_runs(budget, *comparison.base);
  const bool has_fresh =
      comparison.confirmation != nullptr && comparison.confirmation->outcome(sample, budget.stat) != nullptr;
  if (has_fresh || std::min(run_count(ours), run_count(theirs)) >= kLeastRuns) {
    BaseComparison by_runs = comparison;
    by_runs.base = &theirs;
    return rule_on_noisy_growth(budget, ours, by_runs);
  }
  Compared out;
  const ComparisonObstacle obstacle = obstacle_to(budget, sample, comparison);
  if (absolute > 0 && !obstacle.code.empty()) {
    return not_comparable(numbers, obstacle, asks_about_growth(budget));
  }
  const std::string why = "a summary tells quantiles without their intervals, so growth cannot be told from chance";
  out.expected = worst_expected(budget, *comparison.base, 1);
  const double value = aggregate(sample, budget.stat);
  const FewRuns grew = growth_of_few(budget, value, aggregate(*comparison.base, budget.stat), out.expected);
  out.growth = growth_by(grew);
  if (grew < FewRuns::kOpen) {
    out.ruling.message = absolute > 0 ? numbers + ", not more than chance or what is allowed" : "";
  } else if (asks_about_growth(budget)) {
    out.ruling = {Status::kInconclusive, "TOO_FEW_RUNS", fmt::format("{}: {}", numbers, why),
                  "pass the tool's raw results of both sides, or the summaries of three runs or more of each"};
  } else {
    out.runs_to_judge = kAdvisedRuns;
    out.ruling.message = fmt::format("{}: {}", numbers, why);
  }
  return out;
}

}  // namespace

Ruling rule_on_percentile_limit(const Budget& budget, const Sample& sample, const BaseComparison& comparison,
                                const Limit& limit, double value) {
  const std::string runs = of_runs(budget, sample);
  if (!limit.broken) {
    return limit_kept(sample, limit, value, runs);
  }
  const std::optional<double> q = quantile_of(budget.stat);
  if (!q) {
    return limit_broken(*budget.metric, sample, limit, value, runs);
  }
  const Bounds bounds = bounds_of(budget, sample, *q, between_jobs(comparison, false));
  if (bounds.better && *bounds.better > Transform(*budget.metric)(limit.value)) {
    return limit_broken(*budget.metric, sample, limit, value, runs);
  }
  const std::string numbers =
      fmt::format("{}{} is {} {} of {}", format_quantity(value, sample.unit, limit.value), runs,
                  distance(value, limit.value, sample.unit), limit.is_min ? "below the minimum" : "over the limit",
                  format_quantity(limit.value, sample.unit, value));
  const std::uint64_t needed = values_needed(*q);
  const bool tells_quantiles = std::holds_alternative<QuantileRuns>(sample.value);
  if (tells_quantiles && (run_count(sample) == 0 || run_count(sample) >= needed)) {
    return {Status::kInconclusive, "LIMIT_STRADDLED",
            fmt::format("{}, and how sure that is cannot be told from {}", numbers,
                        told_quantiles(std::get<QuantileRuns>(sample.value))),
            "pass the tool's raw results in place of its summary, or make the slow end faster"};
  }
  if ((!has_values(sample) && !tells_quantiles) || run_count(sample) < needed) {
    return {Status::kInconclusive, "TOO_FEW_RUNS",
            fmt::format("{}, but a {} needs at least {} values to be sure", numbers, to_string(budget.stat), needed),
            has_values(sample) || tells_quantiles
                ? fmt::format("capture {} values or more{}", needed, *q > 0.5 ? ", or set stat: median" : "")
                : "pass the values (runs or a histogram) instead of their percentile"};
  }
  return {Status::kInconclusive, "LIMIT_STRADDLED", numbers + ", which chance alone can explain",
          "capture more values, or make the slow end faster"};
}

Compared rule_on_percentile_growth(const Budget& budget, const Sample& sample, const BaseComparison& comparison) {
  Compared out;
  const Transform transform(*budget.metric);
  const double value = aggregate(sample, budget.stat);
  const double base = aggregate(*comparison.base, budget.stat);
  const double shift = transform(value) - transform(base);
  const double relative = transform.relative(shift, base);
  const double absolute = transform.absolute(value, base);
  const Floors floors = floors_of(budget);
  const bool is_big =
      absolute > 0 && absolute >= floors.absolute - kRounding && relative >= floors.relative - kRounding;
  const std::string numbers = fmt::format("{} ({})", change(base, value, sample.unit), signed_percent(relative));

  if (std::holds_alternative<QuantileRuns>(sample.value) ||
      std::holds_alternative<QuantileRuns>(comparison.base->value)) {
    return rule_on_told_growth(budget, sample, comparison, numbers, absolute);
  }
  const std::optional<double> q = quantile_of(budget.stat);
  const std::uint64_t needed = q ? values_needed(*q) : 0;
  const std::uint64_t fewest = std::min(has_values(sample) ? run_count(sample) : 0,
                                        has_values(*comparison.base) ? run_count(*comparison.base) : 0);
  if (!q || fewest < needed) {
    const std::string_view stat = to_string(budget.stat);
    const std::string why = q ? fmt::format("{} are too few to compare a {} with the base ({} are needed)",
                                            counted(static_cast<std::size_t>(fewest), "value"), stat, needed)
                              : fmt::format("a {} cannot be compared with the base", stat);
    out.expected = worst_expected(budget, *comparison.base, static_cast<std::size_t>(fewest));
    const FewRuns grew = growth_of_few(budget, value, base, out.expected);
    out.growth = growth_by(grew);
    if (grew < FewRuns::kOpen) {
      out.ruling.message = absolute > 0 ? fmt::format("{}, not more than chance or what is allowed", why) : why;
    } else if (asks_about_growth(budget)) {
      out.ruling = {Status::kInconclusive, "TOO_FEW_RUNS", fmt::format("{}: {}", numbers, why),
                    q ? fmt::format("capture {} values or more of each side", needed)
                      : "choose a stat that can be compared: median, p75, p90, p95 or p99"};
    } else {
      out.runs_to_judge = std::max<std::uint64_t>(needed, 1);
      out.ruling.message = fmt::format("{}: {}", numbers, why);
    }
    return out;
  }
  const double job = between_jobs(comparison, is_paired(comparison));
  const Bounds ours = bounds_of(budget, sample, *q, job);
  const Bounds theirs = bounds_of(budget, *comparison.base, *q, job);
  const bool is_disjoint = ours.better && theirs.worse && *ours.better > *theirs.worse;
  if (!is_big || !is_disjoint) {
    out.ruling.message = absolute <= 0 ? ""
                         : is_disjoint ? numbers + ", below what counts as a regression"
                                       : numbers + ", which chance alone can explain";
    return out;
  }
  const ComparisonObstacle obstacle = obstacle_to(budget, sample, comparison);
  if (!obstacle.code.empty()) {
    return not_comparable(numbers, obstacle, true);
  }
  out.growth = Growth::kWorse;
  out.ruling = {Status::kFail, "REGRESSED",
                fmt::format("{}, more than {}: the 99% intervals of both sides do not overlap", numbers,
                            allowed_increase(budget, sample.unit)),
                advice_on_growth(*budget.metric)};
  return out;
}

}  // namespace budgetcheck
