#include "judge/noise/noisy_verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/distribution.h"
#include "base/number.h"
#include "base/text.h"
#include "judge/noise/few_runs.h"
#include "judge/noise/noise.h"
#include "judge/noise/rank_statistics.h"
#include "judge/noise/transform.h"

namespace budgetcheck {
namespace {

constexpr double kSuspiciousZ = 2.5;
constexpr double kCertainZ = 3.5;
constexpr double kCertainP = 0.05;
constexpr std::string_view kRerunHint =
    "measure 10 runs of base and head in one job, taking turns, and check again with --rerun FILE (--output rerun "
    "lists what to measure)";

/// A clear value: -0 reads odd, and a floor of 5 % must apply to what was computed as 4.9999999 %.
constexpr double kRounding = 1e-9;

std::vector<double> transformed(const Transform& transform, const Runs& runs) {
  std::vector<double> out;
  out.reserve(runs.size());
  for (const double run : runs) {
    out.push_back(transform(run));
  }
  return out;
}

/// The first stage's numbers.
struct Screen {
  std::size_t head_runs = 0;
  std::size_t base_runs = 0;
  ComparisonObstacle obstacle;  ///< code TOO_FEW_RUNS too, where there are none at all
  bool few = false;             ///< of either side, so that only few_runs.h says something
  FewRuns growth_of_few = FewRuns::kNotWorse;
  std::optional<double> expected;  ///< worst_expected(), with few runs
  bool paired = false;
  Noise noise;
  double base = 0;   ///< in the metric's unit
  double value = 0;  ///< in the metric's unit
  double error = 0;
  double z = 0;
  double relative = 0;
  bool suspicious = false;
  std::vector<double> head_scale;  ///< transformed
  std::vector<double> base_scale;
};

bool beyond(const Floors& floors, double relative, double absolute) {
  return relative >= floors.relative - kRounding && absolute >= floors.absolute - kRounding && absolute > 0;
}

/// What a shift is measured from: the median of the transformed runs, or the transformed value of another stat.
double centre(const Transform& transform, const Budget& budget, const std::vector<double>& scale, double value) {
  return budget.stat == Stat::kMedian ? quantile(scale, 0.5) : transform(value);
}

Screen screen(const Budget& budget, const Sample& sample, const BaseComparison& comparison) {
  const Transform transform(*budget.metric);
  const Runs head = runs_of(sample);
  const Runs base = runs_of(*comparison.base);
  Screen out;
  out.head_runs = head.size();
  out.base_runs = base.size();
  out.paired = comparison.circumstances != nullptr && comparison.circumstances->paired();
  out.value = aggregate(sample, budget.stat);
  out.base = aggregate(*comparison.base, budget.stat);
  out.head_scale = transformed(transform, head);
  out.base_scale = transformed(transform, base);
  const SampleHistory* history = comparison.base->history ? &*comparison.base->history : nullptr;
  out.noise = noise_of(*budget.metric, head, &base, history);
  if (head.empty() || base.empty()) {
    out.obstacle = {"TOO_FEW_RUNS", "there are no runs to compare", "add the values of the single runs"};
    return out;
  }
  out.error = standard_error(out.noise, base.size(), head.size(), out.paired);
  const double shift =
      centre(transform, budget, out.head_scale, out.value) - centre(transform, budget, out.base_scale, out.base);
  out.z = shift / out.error;
  out.relative = transform.relative(shift, out.base);
  const double absolute = transform.absolute(out.value, out.base);
  out.suspicious = out.z >= kSuspiciousZ && beyond(floors_of(budget), out.relative, absolute);
  out.few = std::min(head.size(), base.size()) < kLeastRuns;
  if (out.few) {
    out.expected = worst_expected(budget, *comparison.base, head.size());
    out.growth_of_few = growth_of_few(budget, out.value, out.base, out.expected);
    out.suspicious = asks_about_growth(budget) && out.growth_of_few >= FewRuns::kOpen;
  }
  // Where growth is not judged, nothing stands in its way.
  if (comparison.circumstances != nullptr && (!out.few || asks_about_growth(budget))) {
    out.obstacle = obstacle_to_timing(budget.metric_id, sample.where, *comparison.circumstances);
  }
  return out;
}

/// The first stage with one or two runs of a side: it never fails, and it asks for runs only about growth that the
/// budget forbids and nothing explains.
void rule_on_few_runs(const Budget& budget, const Sample& sample, const Screen& s, const std::string& without,
                      Compared& out) {
  out.expected = s.expected;
  out.growth = growth_by(s.growth_of_few);
  if (!asks_about_growth(budget)) {
    out.runs_to_judge = kAdvisedRuns;
    return;
  }
  const std::string numbers = fmt::format("{} ({})", change(s.base, s.value, sample.unit), signed_percent(s.relative));
  switch (s.growth_of_few) {
    case FewRuns::kNotWorse:
      return;
    case FewRuns::kExplained:
      out.ruling.message = numbers + ", which stored results show of the base as well";
      return;
    case FewRuns::kBelowFloor:
      out.ruling.message = numbers + ", not more than noise or what is allowed";
      return;
    case FewRuns::kOpen:
    case FewRuns::kEvident:
      out.ruling = {
          Status::kInconclusive, "TOO_FEW_RUNS",
          fmt::format("{} is more than {}, but {} against {} of the base cannot tell growth from noise{}", numbers,
                      allowed_increase(budget, sample.unit), counted(s.head_runs, "run"), s.base_runs, without),
          fmt::format("measure {} runs of each side from now on; for this change, {}", kAdvisedRuns, kRerunHint)};
      return;
  }
}

/// "+10%" of a shift on the scale; "+600 ms" where a share of a base near 0 says nothing.
std::string shift_words(const Transform& transform, double shift, double base, Unit unit) {
  const double relative = transform.relative(shift, base);
  return transform.is_logarithmic() && relative <= 1 ? signed_percent(relative)
                                                     : format_delta(transform.worsened(base, shift) - base, unit);
}

std::string interval_words(const std::optional<Interval>& interval) {
  return interval
             ? fmt::format(", 90% interval {} to {}", signed_percent(interval->low), signed_percent(interval->high))
             : "";
}

std::optional<Interval> interval_of(const Transform& transform, const Shift& shift, double base) {
  if (!shift.has_interval) {
    return std::nullopt;
  }
  const Interval out{transform.relative(shift.low, base), transform.relative(shift.high, base)};
  return std::isfinite(out.low) && std::isfinite(out.high) ? std::optional(out) : std::nullopt;
}

std::string against(std::size_t head, std::size_t base) {
  return head == base ? fmt::format("{} fresh runs of each side", head)
                      : fmt::format("{} fresh runs against {} of the base", head, base);
}

/// "all 10 fresh runs are worse than all 10 of the base (1 in 180 000 if it were only noise)".
std::string evidence(std::size_t head, std::size_t base, double p, std::string_view fresh) {
  if (p <= smallest_p(head, base) * (1 + kRounding)) {
    return fmt::format("all {}{} runs are worse than all {} of the base ({} if it were only noise)", head, fresh, base,
                       chance(p));
  }
  return fmt::format("the{} runs are worse than those of the base ({} if it were only noise)", fresh, chance(p));
}

Ruling rule_on_fresh_runs(const Budget& budget, const Sample& sample, const BaseComparison& comparison,
                          const Confirmation::Outcome& fresh, Compared& compared) {
  const Transform transform(*budget.metric);
  const Sample* rerun = comparison.confirmation->sample(sample, budget.stat);
  Sample side = *rerun;
  const double value = aggregate(side, budget.stat);
  side.value = rerun->base_runs;
  const double base = aggregate(side, budget.stat);
  compared.interval = interval_of(transform, fresh.shift, base);
  const double relative = transform.relative(fresh.shift.estimate, base);
  const std::string numbers =
      fmt::format("{} on {} ({}{})", change(base, value, sample.unit), against(fresh.head_runs, fresh.base_runs),
                  signed_percent(relative), interval_words(compared.interval));
  if (!fresh.could_tell) {
    compared.growth = Growth::kUnknown;
    return {Status::kInconclusive, "TOO_FEW_RUNS",
            fmt::format("{}: too few to confirm or clear it among {}", numbers,
                        counted(comparison.confirmation->family(), "suspicious metric")),
            fmt::format("measure {} runs of base and head in one job, taking turns, and check again with --rerun FILE",
                        std::max<std::size_t>(fresh.needed, 10))};
  }
  // A share decides, as long as the budget or the class has one.
  const Floors floors = floors_of(budget);
  const double absolute = transform.absolute(transform.worsened(base, fresh.shift.estimate), base);
  const bool grew = floors.relative > 0 ? relative >= floors.relative - kRounding
                                        : absolute >= floors.absolute - kRounding && absolute > 0;
  if (fresh.significant && grew) {
    compared.growth = Growth::kWorse;
    return {Status::kFail, "REGRESSED_CONFIRMED",
            fmt::format("{}: {}", numbers, evidence(fresh.head_runs, fresh.base_runs, fresh.p, " fresh")),
            advice_on_growth(*budget.metric)};
  }
  return {Status::kPass, "NOT_CONFIRMED", numbers + ": the growth that was suspected is not confirmed", ""};
}

}  // namespace

Ruling rule_on_noisy_limit(const Budget& budget, const Sample& sample, const BaseComparison& comparison,
                           const Limit& limit, double value) {
  const std::string runs = of_runs(budget, sample);
  if (!limit.broken) {
    return limit_kept(sample, limit, value, runs);
  }
  const Transform transform(*budget.metric);
  const Runs head = runs_of(sample);
  const Runs base = comparison.base != nullptr ? runs_of(*comparison.base) : Runs{};
  const Sample* source = comparison.base != nullptr ? comparison.base : &sample;
  const Noise noise = noise_of(*budget.metric, head, comparison.base != nullptr ? &base : nullptr,
                               source->history ? &*source->history : nullptr);
  const double by_noise = median_margin(noise, std::max<std::size_t>(head.size(), 1));
  const double margin =
      head.size() < kLeastRuns ? std::max(by_noise, lone_run_margin(budget.metric->metric_class)) : by_noise;
  const double middle = centre(transform, budget, transformed(transform, head), value);
  if (middle - margin > transform(limit.value)) {
    return limit_broken(*budget.metric, sample, limit, value, runs);
  }
  Ruling straddled{
      Status::kInconclusive, "LIMIT_STRADDLED",
      fmt::format("{}{} is {} {} of {}, which is within the noise of {}",
                  format_quantity(value, sample.unit, limit.value), runs, distance(value, limit.value, sample.unit),
                  limit.is_min ? "below the minimum" : "over the limit",
                  format_quantity(limit.value, sample.unit, value), counted(head.size(), "run")),
      comparison.base != nullptr ? std::string(kRerunHint)
                                 : "measure more runs: 5 or 10 show whether the limit is kept"};
  const Sample* fresh =
      comparison.confirmation != nullptr ? comparison.confirmation->sample(sample, budget.stat) : nullptr;
  if (fresh == nullptr || run_count(*fresh) < std::max<std::uint64_t>(kLeastRuns, head.size())) {
    return straddled;
  }
  const double again = aggregate(*fresh, budget.stat);
  const std::string fresh_runs = fmt::format(" ({} of {} fresh runs)", to_string(budget.stat), run_count(*fresh));
  const bool still_broken = limit.is_min ? again < limit.value : again > limit.value;
  const auto decided = [&](Ruling ruling) {
    ruling.fresh_value = again;
    ruling.fresh_runs = run_count(*fresh);
    return ruling;
  };
  if (!still_broken) {
    return decided(limit_kept(sample, limit, again, fresh_runs));
  }
  const Runs runs_again = runs_of(*fresh);
  const Noise noise_again = noise.from_history ? noise : noise_of(*budget.metric, runs_again, nullptr, nullptr);
  const double middle_again = centre(transform, budget, transformed(transform, runs_again), again);
  if (middle_again - median_margin(noise_again, runs_again.size()) > transform(limit.value)) {
    return decided(limit_broken(*budget.metric, sample, limit, again, fresh_runs));
  }
  straddled.message += fmt::format(", and so is {}{}", format_quantity(again, sample.unit, limit.value), fresh_runs);
  straddled.hint = "the value is at its limit: make it smaller, or measure 20 runs or more for --rerun";
  return straddled;
}

Compared rule_on_noisy_growth(const Budget& budget, const Sample& sample, const BaseComparison& comparison) {
  const Transform transform(*budget.metric);
  const Screen s = screen(budget, sample, comparison);
  Compared out;
  if (s.error > 0) {
    out.minimum_detectable = transform.relative(detectable_shift(s.error), s.base);
    if (!std::isfinite(*out.minimum_detectable)) {
      out.minimum_detectable.reset();
    }
    out.interval = interval_of(transform, hodges_lehmann(s.head_scale, s.base_scale), s.base);
  }
  const bool is_open = !s.obstacle.code.empty();
  const bool has_rerun = comparison.confirmation != nullptr && comparison.confirmation->given();
  const Confirmation::Outcome* fresh = has_rerun ? comparison.confirmation->outcome(sample, budget.stat) : nullptr;
  if ((is_open || s.suspicious || s.few) && fresh != nullptr) {
    out.ruling = rule_on_fresh_runs(budget, sample, comparison, *fresh, out);
    return out;
  }
  const std::string without = has_rerun ? "; the rerun does not have runs of both sides of it" : "";
  if (is_open) {
    out.growth = Growth::kUnknown;
    out.ruling = {
        Status::kInconclusive, s.obstacle.code,
        fmt::format("{} is not judged: {}{}", change(s.base, s.value, sample.unit), s.obstacle.reason, without),
        s.obstacle.hint};
    return out;
  }
  if (s.few) {
    rule_on_few_runs(budget, sample, s, without, out);
    return out;
  }
  const std::string numbers = fmt::format("{} ({}{})", change(s.base, s.value, sample.unit), signed_percent(s.relative),
                                          interval_words(out.interval));
  if (!s.suspicious) {
    out.ruling.message = s.relative > 0 ? numbers + ", not more than noise or what is allowed" : "";
    return out;
  }
  const double p = mann_whitney(s.head_scale, s.base_scale);
  if (s.paired && s.z >= kCertainZ && p < kCertainP) {
    out.growth = Growth::kWorse;
    out.ruling = {Status::kFail, "REGRESSED",
                  fmt::format("{}, more than {}: {}", numbers, allowed_increase(budget, sample.unit),
                              evidence(s.head_runs, s.base_runs, p, "")),
                  advice_on_growth(*budget.metric)};
    return out;
  }
  out.growth = Growth::kUnknown;
  const std::string power =
      out.minimum_detectable
          ? fmt::format("; {} can only prove changes above {} here", counted(std::min(s.head_runs, s.base_runs), "run"),
                        shift_words(transform, detectable_shift(s.error), s.base, sample.unit))
          : "";
  out.ruling = {Status::kInconclusive, "RERUN",
                fmt::format("{} is suspicious, but not proved{}{}{}", numbers,
                            s.paired ? "" : " by runs of another job", power, without),
                std::string(kRerunHint)};
  return out;
}

bool needs_confirmation(const Budget& budget, const Sample& sample, const BaseComparison& comparison) {
  if (!budget.metric || comparison.base == nullptr || !tells(sample, budget.stat) ||
      !tells(*comparison.base, budget.stat)) {
    return false;
  }
  if (std::holds_alternative<QuantileRuns>(sample.value)) {
    // Quantiles of a run say nothing of their noise: fresh ones of both sides are always an answer.
    const Sample* fresh =
        comparison.confirmation != nullptr ? comparison.confirmation->sample(sample, budget.stat) : nullptr;
    return fresh != nullptr && !fresh->base_runs.empty();
  }
  if (!is_noisy(budget.metric->metric_class)) {
    return false;
  }
  const Screen s = screen(budget, sample, comparison);
  // Fresh runs of what was measured too seldom are an answer, asked for or not.
  const Sample* fresh =
      s.few && comparison.confirmation != nullptr ? comparison.confirmation->sample(sample, budget.stat) : nullptr;
  return s.suspicious || !s.obstacle.code.empty() || (fresh != nullptr && !fresh->base_runs.empty());
}

std::string underpowered_note(const Budget& budget, const Sample& sample, const BaseComparison& comparison) {
  if (!is_noisy(budget.metric->metric_class) || comparison.base == nullptr ||
      std::holds_alternative<QuantileRuns>(sample.value)) {
    return {};
  }
  const Screen s = screen(budget, sample, comparison);
  if (s.few || !s.obstacle.code.empty()) {
    return {};
  }
  const Transform transform(*budget.metric);
  const Floors floors = floors_of(budget);
  // The shift that matters: what the floors let pass, or what is left to the limit, whichever is more.
  double matters = transform.is_logarithmic() ? std::log1p(std::max(floors.relative, 0.0)) : 0;
  const double by_absolute =
      budget.metric->direction == Direction::kHigherIsBetter ? s.base - floors.absolute : s.base + floors.absolute;
  matters = std::max(matters, transform(by_absolute) - transform(s.base));
  for (const std::optional<double>& limit : {budget.max, budget.min}) {
    if (limit) {
      matters = std::max(matters, transform(*limit) - transform(s.base));
    }
  }
  if (detectable_shift(s.error) <= matters) {
    return {};
  }
  const std::optional<std::size_t> needed = runs_to_detect(s.noise, matters);
  const auto shown = [&](double shift) { return shift_words(transform, shift, s.base, sample.unit); };
  return fmt::format(
      "budget '{}': {} can only prove changes above {} here, more than the {} that it leaves: {}", printable(budget.id),
      counted(std::min(s.head_runs, s.base_runs), "run"), shown(detectable_shift(s.error)), shown(matters),
      needed && s.paired ? fmt::format("measure {} runs of each side", *needed)
      : needed           ? fmt::format("measure {} runs of each side in one job, taking turns", *needed)
                         : "no affordable number of runs is enough, so set a limit on bytes, requests or counts too");
}

}  // namespace budgetcheck
