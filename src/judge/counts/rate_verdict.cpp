#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "base/number.h"
#include "base/text.h"
#include "judge/counts/count_verdict.h"
#include "judge/counts/exact_tests.h"
#include "judge/noise/transform.h"

namespace budgetcheck {
namespace {

constexpr std::uint64_t kTrialsForLimit = 1000;
constexpr double kMostP = 0.001;
constexpr double kRounding = 1e-9;

/// What counts as bad: the events, or where more is better those that are missing.
Rate bad_events(const Metric& metric, const Rate& rate) {
  return metric.direction == Direction::kHigherIsBetter ? Rate{rate.n - rate.events, rate.n} : rate;
}

double share(const Rate& rate) {
  return rate.n == 0 ? 0 : static_cast<double>(rate.events) / static_cast<double>(rate.n);
}

constexpr double kMostChance = 0.05;

/// The largest share of bad events that as few as these leave open with 95 %: the exact upper bound, of none the rule
/// of three.
double proven_share(const Rate& bad) {
  double low = share(bad);
  double high = 1;
  constexpr int kSteps = 50;
  for (int i = 0; i < kSteps; ++i) {
    const double middle = (low + high) / 2;
    (binomial_below(bad.events, bad.n, middle) > kMostChance ? low : high) = middle;
  }
  return high;
}

/// Of so many trials none may be bad, or they prove no such share.
std::uint64_t trials_to_prove(double share) {
  return static_cast<std::uint64_t>(std::ceil(std::log(kMostChance) / std::log1p(-share)));
}

Ruling rule_on_proven_limit(const Budget& budget, const Sample& sample, const Limit& limit, const Rate& rate,
                            double value) {
  const std::string runs = of_runs(budget, sample);
  const Rate bad = bad_events(*budget.metric, rate);
  const double most = limit.is_min == (budget.metric->direction == Direction::kHigherIsBetter)
                          ? (limit.is_min ? 1 - limit.value : limit.value)
                          : -1;  // a limit on the good side: more is not worse, so nothing is to be proven
  if (most <= 0 || most >= 1 || rate.n == 0) {
    return limit.broken ? limit_broken(*budget.metric, sample, limit, value, runs)
                        : limit_kept(sample, limit, value, runs);
  }
  const std::uint64_t needed = trials_to_prove(most);
  if (!limit.broken) {
    if (bad.n >= needed) {
      return limit_kept(sample, limit, value, runs);
    }
    const double proven = proven_share(bad);
    const auto shown = [&](double bad_share) {
      return format_quantity(limit.is_min ? 1 - bad_share : bad_share, sample.unit, limit.value);
    };
    return {Status::kInconclusive, "TOO_FEW_RUNS",
            fmt::format("{} of {} {} proves {} {}, not {}", bad.events, bad.n, limit.is_min ? "missing" : "failed",
                        limit.is_min ? "at least" : "at most", shown(proven), shown(most)),
            fmt::format("measure longer or with more load: {} without one would prove it", counted(needed, "trial"))};
  }
  // Chance: that as many are bad, or more, when the share is just what is allowed.
  const double chance_of_it = bad.events == 0 ? 1 : 1 - binomial_below(bad.events - 1, bad.n, most);
  if (chance_of_it <= kMostChance) {
    return limit_broken(*budget.metric, sample, limit, value, runs);
  }
  return {Status::kInconclusive, "LIMIT_STRADDLED",
          fmt::format("{}{} against a {} of {}, which chance alone can explain",
                      format_quantity(value, sample.unit, limit.value), runs, limit.is_min ? "minimum" : "limit",
                      format_quantity(limit.value, sample.unit, value)),
          "measure longer or with more load, or find what failed"};
}

}  // namespace

Ruling rule_on_rate_limit(const Budget& budget, const Sample& sample, const std::optional<Limit>& limit, double value) {
  if (!limit) {
    return {};
  }
  const auto* rate = std::get_if<Rate>(&sample.value);
  const std::string runs = of_runs(budget, sample);
  if (budget.metric->proven_limit && rate != nullptr) {
    return rule_on_proven_limit(budget, sample, *limit, *rate, value);
  }
  const std::uint64_t least = budget.metric->exact_limit ? 1 : kTrialsForLimit;
  if (rate == nullptr || rate->n < least) {
    return {
        Status::kInconclusive, "TOO_FEW_RUNS",
        fmt::format("{}{} against a {} of {}: a rate needs at least {} trials to be compared with a limit{}",
                    format_quantity(value, sample.unit, limit->value), runs, limit->is_min ? "minimum" : "limit",
                    format_quantity(limit->value, sample.unit, value), least,
                    rate == nullptr ? ", and how many there were is unknown" : ""),
        rate == nullptr ? "pass the counts instead of the share: events and n" : "measure longer or with more load"};
  }
  return limit->broken ? limit_broken(*budget.metric, sample, *limit, value, runs)
                       : limit_kept(sample, *limit, value, runs);
}

Compared rule_on_rate_growth(const Budget& budget, const Sample& sample, const BaseComparison& comparison) {
  Compared out;
  const auto* head = std::get_if<Rate>(&sample.value);
  const auto* base = std::get_if<Rate>(&comparison.base->value);
  if (head == nullptr || base == nullptr || head->n == 0 || base->n == 0) {
    const bool is_only_rule = !budget.max && !budget.min;
    out.growth = Growth::kUnknown;
    out.ruling = {is_only_rule ? Status::kInconclusive : Status::kPass, is_only_rule ? "TOO_FEW_RUNS" : "OK",
                  "not compared with the base: a share without its counts cannot tell growth from chance",
                  "pass the counts instead of the share: events and n"};
    return out;
  }
  const Rate ours = bad_events(*budget.metric, *head);
  const Rate theirs = bad_events(*budget.metric, *base);
  const double growth = share(ours) - share(theirs);
  const double relative = share(theirs) == 0 ? std::numeric_limits<double>::infinity() : growth / share(theirs);
  if (growth <= 0) {
    return out;
  }
  const auto shown = [&](const Rate& rate) {
    return fmt::format("{} ({} of {})", format_quantity(share(rate), sample.unit), rate.events, rate.n);
  };
  const std::string numbers = fmt::format("{} → {}", shown(*base), shown(*head));
  const double p = fisher(ours, theirs);
  const Floors floors = floors_of(budget);
  const bool beyond = growth >= floors.absolute - kRounding && relative >= floors.relative - kRounding;
  if (p <= kMostP && beyond) {
    out.growth = Growth::kWorse;
    out.ruling = {Status::kFail, "REGRESSED",
                  fmt::format("{}, more than {} ({} if it were only chance)", numbers,
                              allowed_increase(budget, sample.unit), chance(p)),
                  advice_on_growth(*budget.metric)};
    return out;
  }
  out.ruling.message =
      numbers + (p <= kMostP ? ", below what counts as a regression" : ", which chance alone explains");
  return out;
}

}  // namespace budgetcheck
