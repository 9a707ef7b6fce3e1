#include "judge/sample_verdict.h"

#include <cmath>
#include <optional>
#include <utility>

#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

struct Ruling {
  Status status = Status::kPass;
  std::string code = "OK";
  std::string message;
  std::string hint;
};

std::string percent(double share) {
  const double percent = std::fabs(share) * 100;
  return format_rounded(percent, percent < 10 ? 1 : 0) + "%";
}

/// "1.3 kB (0.9%)".
std::string distance(double value, double reference, Unit unit) {
  const double gap = std::fabs(value - reference);
  std::string text = format_quantity(gap, unit);
  if (reference != 0) {
    text += " (" + percent(gap / reference) + ")";
  }
  return text;
}

/// How a value is named: "the median of 5 runs" where there is a choice, else nothing.
std::string of_runs(const Budget& budget, const Sample& sample) {
  const std::uint64_t runs = run_count(sample);
  if (std::holds_alternative<Single>(sample.value)) {
    return {};
  }
  if (const auto* rate = std::get_if<Rate>(&sample.value)) {
    return " (" + std::to_string(rate->events) + " of " + std::to_string(rate->n) + ")";
  }
  return runs == 1 ? " (1 run)" : " (" + std::string(to_string(budget.stat)) + " of " + std::to_string(runs) + ")";
}

/// Which side of the budget is nearer to be broken, and whether it is.
struct Limit {
  double value = 0;
  bool is_min = false;
  bool broken = false;
};

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

/// What the metric's catalogue row advises, and the way out that is always there.
std::string advice_for(const Metric& metric, bool is_min) {
  const std::string way_out = is_min ? "lower the minimum in a change of its own with a reason"
                                     : "raise the limit in a change of its own with a reason";
  return (metric.advice.empty() ? std::string(is_min ? "raise the value" : "make it smaller") : metric.advice) +
         "; or " + way_out;
}

Ruling rule_on_limit(const Metric& metric, const Sample& sample, const std::optional<Limit>& limit, double value,
                     const std::string& runs) {
  if (!limit) {
    return {};
  }
  const std::string shown = format_quantity(value, sample.unit, limit->value);
  const std::string limit_text = format_quantity(limit->value, sample.unit, value);
  // A sum of which parts are missing can only grow: over a maximum it is over, above a minimum it is above.
  const bool certain = !sample.lower_bound || limit->broken != limit->is_min;
  if (!certain) {
    return {Status::kInconclusive, "LIMIT_STRADDLED",
            "at least " + shown + " against a limit of " + limit_text + ", but " + sample.lower_bound_reason,
            "capture the missing part and check again"};
  }
  if (limit->broken) {
    const std::string relation = limit->is_min ? " below the minimum of " : " over the limit of ";
    return {Status::kFail, "LIMIT_EXCEEDED",
            shown + runs + " is " + distance(value, limit->value, sample.unit) + relation + limit_text,
            advice_for(metric, limit->is_min)};
  }
  return {Status::kPass, "OK",
          shown + runs + " keeps its " + (limit->is_min ? "minimum of " : "limit of ") + limit_text, ""};
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

std::string allowed_increase(const Budget& budget, Unit unit) {
  if (!budget.max_increase) {
    return "what a metric of this kind may grow in one change";
  }
  std::vector<std::string> parts;
  if (budget.max_increase->relative) {
    parts.push_back(percent(*budget.max_increase->relative));
  }
  if (budget.max_increase->absolute) {
    parts.push_back(format_quantity(*budget.max_increase->absolute, unit));
  }
  return "the allowed " + join(parts, " and ");
}

Ruling rule_on_growth(const Budget& budget, const Sample& sample, double value, double base) {
  const bool lower_is_better = budget.metric->direction == Direction::kLowerIsBetter;
  const double growth = lower_is_better ? value - base : base - value;
  if (growth <= 0) {
    return {};
  }
  const std::string change = format_quantity(base, sample.unit, value) + " → " +
                             format_quantity(value, sample.unit, base) + ", worse by " +
                             distance(value, base, sample.unit);
  if (!grew_too_much(budget, growth, base)) {
    return {Status::kPass, "GREW_BELOW_FLOOR", change + ", below what counts as a regression", ""};
  }
  return {Status::kFail, "REGRESSED", change + ", more than " + allowed_increase(budget, sample.unit),
          (budget.metric->advice.empty() ? "find what grew" : budget.metric->advice) +
              "; or allow it with max_increase and a reason"};
}

int severity(Status status) {
  switch (status) {
    case Status::kPass:
      return 0;
    case Status::kWaived:
      return 1;
    case Status::kWarn:
      return 2;
    case Status::kInconclusive:
      return 3;
    case Status::kFail:
      return 4;
    case Status::kError:
      return 5;
  }
  return 5;
}

Ruling worst(Ruling limit, Ruling growth) {
  if (severity(growth.status) > severity(limit.status)) {
    return growth;
  }
  if (limit.code == "OK" && growth.code == "GREW_BELOW_FLOOR") {
    limit.code = growth.code;
    limit.message = limit.message.empty() ? growth.message : limit.message + "; " + growth.message;
  } else if (limit.status == Status::kFail && growth.status == Status::kFail) {
    limit.message += "; also " + growth.message;
  }
  return limit;
}

/// The ruling against the base, merged into what the limit says.
Ruling compare(const Budget& budget, const Sample& sample, const Comparison& comparison, double value, Ruling limit,
               const std::optional<Limit>& side) {
  if (comparison.base == nullptr) {
    if (limit.status == Status::kPass) {
      const std::string why = comparison.has_base ? "the base has no value for it" : "there is no base to compare with";
      limit.code = "NO_BASE";
      limit.message = limit.message.empty() ? format_quantity(value, sample.unit) + " measured; " + why
                                            : limit.message + "; " + why;
    }
    return limit;
  }
  const double base = aggregate(*comparison.base, budget.stat);
  const bool base_broken = side && (side->is_min ? base < side->value : base > side->value);
  const bool not_worse = side && (side->is_min ? value >= base : value <= base);
  if (limit.code == "LIMIT_EXCEEDED" && base_broken && not_worse) {
    return {Status::kWarn, "PREEXISTING_BREACH",
            limit.message + "; the base is over it too (" + format_quantity(base, sample.unit, value) + ")",
            "mend it in a change of its own: this one does not make it worse"};
  }
  if (is_exact(budget.metric->metric_class)) {
    return worst(std::move(limit), rule_on_growth(budget, sample, value, base));
  }
  // One value of the base says nothing about a noisy metric's growth: shown, not judged.
  const std::string shown = "the base's " + format_quantity(base, sample.unit, value) + " is shown, not judged: ";
  const std::string reason = "single results of a noisy metric cannot tell growth from noise";
  if (!budget.max && !budget.min) {
    return {Status::kInconclusive, "UNDERPOWERED", shown + reason, "add an absolute limit (max) to this budget"};
  }
  return limit;
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

Verdict judge_sample(const Budget& budget, const Sample& sample, const Comparison& comparison,
                     const std::string& today) {
  const double value = aggregate(sample, budget.stat);
  const std::optional<Limit> limit = nearest_limit(budget, value);
  Ruling ruling = rule_on_limit(*budget.metric, sample, limit, value, of_runs(budget, sample));
  ruling = compare(budget, sample, comparison, value, std::move(ruling), limit);
  bool is_postponed = false;
  if (ruling.status == Status::kFail) {
    const Level level = level_in_force(budget, today);
    if (level == Level::kWarning) {
      ruling.status = Status::kWarn;
    } else if (level != Level::kError) {
      ruling.status = Status::kPass;
    }
    is_postponed = level != budget.level;
    if (is_postponed) {
      ruling.message += "; enforced from " + budget.enforce_from;
    }
  }
  Verdict verdict = new_verdict(budget);
  verdict.enforced_from = is_postponed ? budget.enforce_from : std::string();
  verdict.where = sample.where;
  verdict.unit = sample.unit;
  verdict.value = value;
  verdict.runs = run_count(sample);
  verdict.sample_location = sample.location;
  if (limit) {
    verdict.limit = limit->value;
    verdict.limit_is_min = limit->is_min;
  }
  if (comparison.base != nullptr) {
    verdict.base = aggregate(*comparison.base, budget.stat);
    verdict.delta = value - *verdict.base;
  }
  verdict.status = ruling.status;
  verdict.code = std::move(ruling.code);
  verdict.message = ruling.message.empty() ? format_quantity(value, sample.unit) + ", not worse than the base"
                                           : std::move(ruling.message);
  verdict.hint = std::move(ruling.hint);
  return verdict;
}

}  // namespace budgetcheck
