#include "judge/sample_verdict.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "judge/counts/count_verdict.h"
#include "judge/noise/noisy_verdict.h"
#include "judge/noise/transform.h"
#include "judge/ruling.h"

namespace budgetcheck {
namespace {

std::optional<Limit> nearest_limit(const Budget& budget, double value) {
  if (budget.max && value > *budget.max) {
    return Limit{*budget.max, false, true};
  }
  if (budget.min && value < *budget.min) {
    return Limit{*budget.min, true, true};
  }
  if (budget.max && budget.min) {
    const bool max_is_nearer = *budget.max - value <= value - *budget.min;
    return max_is_nearer ? Limit{*budget.max, false, false} : Limit{*budget.min, true, false};
  }
  if (budget.max) {
    return Limit{*budget.max, false, false};
  }
  return budget.min ? std::optional<Limit>(Limit{*budget.min, true, false}) : std::nullopt;
}

/// A sum of which parts are missing can only grow: over a maximum it is over, above a minimum it is above.
bool is_certain(const Sample& sample, const Limit& limit) {
  return !sample.lower_bound || limit.broken != limit.is_min;
}

Ruling rule_on_limit(const Budget& budget, const Sample& sample, const BaseComparison& comparison,
                     const std::optional<Limit>& limit, double value) {
  const MetricClass metric_class = budget.metric->metric_class;
  if (limit && !is_certain(sample, *limit)) {
    return {Status::kInconclusive, "LIMIT_STRADDLED",
            fmt::format("at least {} against a limit of {}, but {}", format_quantity(value, sample.unit, limit->value),
                        format_quantity(limit->value, sample.unit, value), sample.lower_bound_reason),
            "capture the missing part and check again"};
  }
  if (std::optional<Ruling> open = limit_left_open_by_failures(budget, sample)) {
    return *open;
  }
  if (metric_class == MetricClass::kRate) {
    return rule_on_rate_limit(budget, sample, limit, value);
  }
  if (!limit) {
    return {};
  }
  if (metric_class == MetricClass::kPercentile) {
    return rule_on_percentile_limit(budget, sample, comparison, *limit, value);
  }
  if (is_noisy(metric_class)) {
    return rule_on_noisy_limit(budget, sample, comparison, *limit, value);
  }
  const std::string runs = of_runs(budget, sample);
  return limit->broken ? limit_broken(*budget.metric, sample, *limit, value, runs)
                       : limit_kept(sample, *limit, value, runs);
}

/// Growth that a metric's class lets pass: the budget's own max_increase, else the class's floors.
bool grew_too_much(const Budget& budget, double growth, double base) {
  if (budget.max_increase) {
    const Increase& allowed = *budget.max_increase;
    const bool over_absolute = !allowed.absolute || growth > *allowed.absolute;
    const bool over_relative = !allowed.relative || growth > *allowed.relative * std::fabs(base);
    return over_absolute && over_relative;
  }
  const Metric& metric = *budget.metric;
  return growth >= metric.floor_absolute && growth > metric.floor_relative * std::fabs(base);
}

Compared rule_on_exact_growth(const Budget& budget, const Sample& sample, double value, double base) {
  const bool lower_is_better = budget.metric->direction == Direction::kLowerIsBetter;
  const double growth = lower_is_better ? value - base : base - value;
  Compared out;
  if (growth <= 0) {
    return out;
  }
  out.growth = Growth::kWorse;
  const std::string text =
      fmt::format("{}, worse by {}", change(base, value, sample.unit), distance(value, base, sample.unit));
  if (!grew_too_much(budget, growth, base)) {
    out.ruling = {Status::kPass, "GREW_BELOW_FLOOR", text + ", below what counts as a regression", ""};
    return out;
  }
  out.ruling = {Status::kFail, "REGRESSED", text + ", more than " + allowed_increase(budget, sample.unit),
                advice_on_growth(*budget.metric)};
  return out;
}

Compared rule_on_growth(const Budget& budget, const Sample& sample, const BaseComparison& comparison, double value) {
  switch (budget.metric->metric_class) {
    case MetricClass::kRate:
      return rule_on_rate_growth(budget, sample, comparison);
    case MetricClass::kPercentile:
      return rule_on_percentile_growth(budget, sample, comparison);
    case MetricClass::kTimingQuiet:
    case MetricClass::kTimingNoisy:
    case MetricClass::kCls:
    case MetricClass::kScore:
      return rule_on_noisy_growth(budget, sample, comparison);
    case MetricClass::kBytes:
    case MetricClass::kCount:
      return rule_on_exact_growth(budget, sample, value, aggregate(*comparison.base, budget.stat));
  }
  return {};
}

Ruling without_base(const Sample& sample, Ruling limit, double value, const std::string& why) {
  if (limit.status == Status::kPass) {
    limit.code = "NO_BASE";
    limit.message =
        limit.message.empty() ? format_quantity(value, sample.unit) + " measured; " + why : limit.message + "; " + why;
  }
  return limit;
}

/// A limit on growth is not kept where nothing can be compared. `status`: what it is then.
Ruling growth_not_judged(const Budget& budget, const Sample& sample, Ruling limit, double value, Status status,
                         const std::string& why) {
  if (!budget.max_increase) {
    return without_base(sample, std::move(limit), value, why);
  }
  const std::string measured = limit.message.empty() ? format_quantity(value, sample.unit) : limit.message;
  Ruling growth{status, "GROWTH_NOT_JUDGED",
                fmt::format("{}; whether it grew by more than {} is not judged: {}", measured,
                            allowed_increase(budget, sample.unit), why),
                "store the results of the main branch (budgetcheck baseline push), or name a base with --base"};
  return severity(limit.status) > severity(growth.status) ? limit : growth;
}

/// A limit that the base breaks as well blames this change only if it made the value worse. That holds for a limit that
/// is broken beyond doubt and for one that may be.
Ruling excuse(Ruling limit, const Compared& growth, const Sample& sample, const std::optional<Limit>& side,
              double value, double base) {
  const bool is_over = side && side->broken && is_certain(sample, *side) && limit.status != Status::kPass;
  if (!is_over || growth.growth == Growth::kWorse) {
    return limit;
  }
  const auto is_broken_by = [&](double v) { return side->is_min ? v < side->value : v > side->value; };
  const auto is_not_worse_than = [&](double v) { return side->is_min ? value >= v : value <= v; };
  const bool stored_broke_it = growth.expected && is_broken_by(*growth.expected) && is_not_worse_than(*growth.expected);
  if (!is_broken_by(base) && !stored_broke_it) {
    return limit;
  }
  // Whether it is worse is asked by the ruling on growth, or cannot be told and is said.
  const bool is_asked = growth.ruling.status == Status::kInconclusive || growth.runs_to_judge != 0;
  if (growth.growth == Growth::kUnknown && !is_asked && !is_not_worse_than(base)) {
    return limit;
  }
  const bool is_open = growth.growth == Growth::kUnknown && growth.runs_to_judge != 0;
  const double before = is_broken_by(base) ? base : *growth.expected;
  return {Status::kWarn, "PREEXISTING_BREACH",
          fmt::format("{}; the base {} over it too ({}){}", limit.message,
                      is_broken_by(base) ? "is" : "has stored results that are",
                      format_quantity(before, sample.unit, value),
                      is_open ? ", and so few runs cannot tell whether this change makes it worse" : ""),
          is_open ? fmt::format("measure {} of each side to see whether this change makes it worse",
                                counted(static_cast<std::size_t>(growth.runs_to_judge), "run"))
                  : "fix it in a change of its own: this one does not make it worse"};
}

/// What a budget's level makes of a ruling: a warning is at most a warning, whether it failed or could not be judged.
void cap(Ruling& ruling, Level level) {
  const bool counts = ruling.status == Status::kFail || ruling.status == Status::kInconclusive;
  if (counts && level == Level::kWarning) {
    ruling.status = Status::kWarn;
  } else if ((counts || ruling.status == Status::kWarn) && level < Level::kWarning) {
    ruling.status = Status::kPass;
  }
}

Verdict new_verdict(const Budget& budget) {
  Verdict verdict;
  verdict.budget = budget.id;
  verdict.metric = budget.metric_id;
  verdict.where = budget.where;
  verdict.stat = budget.stat;
  verdict.owner = budget.owner;
  verdict.why = budget.why;
  verdict.location = budget.location;
  if (budget.metric) {
    verdict.unit = budget.metric->unit;
    verdict.higher_is_better = budget.metric->direction == Direction::kHigherIsBetter;
  }
  return verdict;
}

/// A base that does not tell the budget's stat has no value for it.
BaseComparison comparable(const Budget& budget, const BaseComparison& comparison) {
  BaseComparison out = comparison;
  if (out.base != nullptr && !tells(*out.base, budget.stat)) {
    out.base = nullptr;
  }
  return out;
}

/// The file tells some quantiles, and not the one that is asked for.
Verdict verdict_of_untold(const Budget& budget, const Sample& sample, const std::string& today) {
  const std::string told = told_quantiles(std::get<QuantileRuns>(sample.value));
  Ruling ruling{
      Status::kInconclusive, "NOT_TOLD",
      fmt::format("the file tells no {}, only {}: no other is made up from these", to_string(budget.stat), told),
      "choose one of them as stat, or let the tool write it or its raw values"};
  cap(ruling, level_in_force(budget, today));
  Verdict verdict = verdict_without_sample(budget, ruling.status, ruling.code, ruling.message, ruling.hint);
  verdict.where = sample.where;
  verdict.unit = sample.unit;
  verdict.sample_location = sample.location;
  return verdict;
}

}  // namespace

Level level_in_force(const Budget& budget, const std::string& today) {
  // Dates are YYYY-MM-DD, so they compare as text.
  const bool not_yet = !budget.enforce_from.empty() && today < budget.enforce_from;
  return not_yet && budget.level == Level::kError ? Level::kWarning : budget.level;
}

Verdict verdict_without_sample(const Budget& budget, Status status, std::string code, std::string message,
                               std::string hint) {
  Verdict verdict = new_verdict(budget);
  verdict.status = status;
  verdict.code = std::move(code);
  verdict.message = std::move(message);
  verdict.hint = std::move(hint);
  return verdict;
}

Verdict judge_sample(const Budget& budget, const Sample& sample, const BaseComparison& with, const std::string& today) {
  if (!tells(sample, budget.stat)) {
    return verdict_of_untold(budget, sample, today);
  }
  const BaseComparison comparison = comparable(budget, with);
  Verdict verdict = new_verdict(budget);
  const double value = aggregate(sample, budget.stat);
  const std::optional<Limit> limit = nearest_limit(budget, value);
  Ruling ruling = rule_on_limit(budget, sample, comparison, limit, value);
  const std::optional<double> fresh_value = ruling.fresh_value;
  const std::uint64_t fresh_runs = ruling.fresh_runs;
  const ComparisonObstacle obstacle = comparison.base == nullptr || comparison.circumstances == nullptr
                                          ? ComparisonObstacle{}
                                          : obstacle_to_size(budget.metric_id, *comparison.circumstances);
  if (comparison.base == nullptr) {
    ruling = comparison.has_base ? without_base(sample, std::move(ruling), value, "the base has no value for it")
                                 : growth_not_judged(budget, sample, std::move(ruling), value,
                                                     comparison.needs_base ? Status::kInconclusive : Status::kWarn,
                                                     "there is no base to compare with");
  } else if (failures_blur(sample) || failures_blur(*comparison.base)) {
    ruling = growth_not_judged(budget, sample, std::move(ruling), value, Status::kWarn,
                               "the durations of failed requests are among those of one side or both");
  } else if (!obstacle.code.empty()) {
    ruling = growth_not_judged(budget, sample, std::move(ruling), value, Status::kWarn, obstacle.reason);
  } else {
    verdict.base = aggregate(*comparison.base, budget.stat);
    Compared growth = rule_on_growth(budget, sample, comparison, value);
    verdict.interval = growth.interval;
    verdict.minimum_detectable = growth.minimum_detectable;
    ruling = excuse(std::move(ruling), growth, sample, limit, value, *verdict.base);
    ruling = worst(std::move(ruling), std::move(growth.ruling));
  }
  const Status judged = ruling.status;
  const Level level = level_in_force(budget, today);
  cap(ruling, level);
  if (ruling.status != judged && level != budget.level) {
    verdict.enforced_from = budget.enforce_from;
    ruling.message += "; enforced from " + budget.enforce_from;
  }
  verdict.where = sample.where;
  verdict.unit = sample.unit;
  verdict.value = fresh_value.value_or(value);
  verdict.runs = fresh_value ? fresh_runs : run_count(sample);
  verdict.sample_location = sample.location;
  if (limit) {
    verdict.limit = limit->value;
    verdict.limit_is_min = limit->is_min;
  }
  if (verdict.base) {
    verdict.delta = *verdict.value - *verdict.base;
  }
  verdict.status = ruling.status;
  verdict.code = std::move(ruling.code);
  verdict.message = ruling.message.empty() ? format_quantity(value, sample.unit) + ", not worse than the base"
                                           : std::move(ruling.message);
  verdict.hint = std::move(ruling.hint);
  return verdict;
}

std::uint64_t runs_to_judge_growth(const Budget& budget, const Sample& sample, const BaseComparison& comparison) {
  const bool by_runs = is_noisy(budget.metric->metric_class) || budget.metric->metric_class == MetricClass::kPercentile;
  const BaseComparison usable = comparable(budget, comparison);
  if (!by_runs || usable.base == nullptr || !tells(sample, budget.stat)) {
    return 0;
  }
  return rule_on_growth(budget, sample, usable, aggregate(sample, budget.stat)).runs_to_judge;
}

}  // namespace budgetcheck
