#include "judge/change/loosening.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "base/units.h"
#include "budget/select.h"
#include "judge/sample_verdict.h"

namespace budgetcheck {
namespace {

/// By how much a value may grow from `reference` before the budget calls it a regression.
double allowed_growth(const Budget& budget, double reference) {
  if (budget.max_increase) {
    const double relative = budget.max_increase->relative.value_or(0) * std::fabs(reference);
    return std::max(relative, budget.max_increase->absolute.value_or(0));
  }
  return std::max(budget.metric->floor_absolute, budget.metric->floor_relative * std::fabs(reference));
}

bool allows_more(const Budget& owner, const Budget& before, double reference) {
  // What the class allows is not a promise of the file: only a written growth can be loosened or can loosen.
  if (!owner.max_increase && !before.max_increase) {
    return false;
  }
  const double now = allowed_growth(owner, reference);
  const double then = allowed_growth(before, reference);
  return now > then + std::fabs(then) * 1e-9;
}

std::string start_text(const std::string& date) { return date.empty() ? "at once" : "from " + date; }

/// What `owner` lets pass and `before` did not, as clauses.
std::vector<std::string> looser_parts(const Budget& owner, const Budget& before, double reference,
                                      const std::string& today) {
  std::vector<std::string> parts;
  const Unit unit = owner.metric->unit;
  if (before.max && !owner.max) {
    parts.push_back("drops its limit of " + format_quantity(*before.max, unit));
  } else if (before.max && *owner.max > *before.max) {
    parts.push_back(fmt::format("raises its limit from {} to {}", format_quantity(*before.max, unit, *owner.max),
                                format_quantity(*owner.max, unit, *before.max)));
  }
  if (before.min && !owner.min) {
    parts.push_back("drops its minimum of " + format_quantity(*before.min, unit));
  } else if (before.min && *owner.min < *before.min) {
    parts.push_back(fmt::format("lowers its minimum from {} to {}", format_quantity(*before.min, unit, *owner.min),
                                format_quantity(*owner.min, unit, *before.min)));
  }
  if (allows_more(owner, before, reference)) {
    parts.push_back(fmt::format("lets it grow by {} at once instead of {}",
                                format_quantity(allowed_growth(owner, reference), unit),
                                format_quantity(allowed_growth(before, reference), unit)));
  }
  if (owner.metric->metric_class != before.metric->metric_class ||
      owner.metric->direction != before.metric->direction) {
    parts.push_back(fmt::format("declares '{}' as another kind of metric", printable(owner.metric_id)));
  }
  if (owner.level < before.level) {
    parts.push_back(fmt::format("lowers its level from {} to {}", to_string(before.level), to_string(owner.level)));
  }
  const bool puts_off = owner.enforce_from > today && owner.enforce_from > before.enforce_from;
  if (puts_off && owner.level >= before.level && before.level == Level::kError) {
    parts.push_back(
        fmt::format("enforces it {} instead of {}", start_text(owner.enforce_from), start_text(before.enforce_from)));
  }
  return parts;
}

bool is_growth_code(std::string_view code) {
  return code == "REGRESSED" || code == "REGRESSED_CONFIRMED" || code == "RERUN";
}

bool is_complete(const Raised& raised) { return !trim(raised.reason).empty() && !trim(raised.owner).empty(); }

bool is_same(const Raised& a, const Raised& b) {
  return a.reason == b.reason && a.owner == b.owner && a.expires == b.expires;
}

template <class Better>
std::optional<double> stricter_limit(const std::optional<double>& a, const std::optional<double>& b,
                                     const Better& better) {
  if (!a || !b) {
    return a ? a : b;
  }
  return better(*a, *b) ? a : b;
}

}  // namespace

BaseLimits::BaseLimits(const BudgetsFile& head, const std::vector<Budget>& base, const std::vector<Sample>& samples,
                       std::string today)
    : head_(head), base_(base), base_owners_(select_samples(base, samples).owners), today_(std::move(today)) {}

const Budget* BaseLimits::before(std::size_t sample, const Budget& owner) const {
  const Budget* same_id = nullptr;
  for (const std::size_t index : base_owners_[sample]) {
    const Budget& budget = base_[index];
    if (!budget.metric) {
      continue;
    }
    if (budget.stat == owner.stat) {
      return &budget;
    }
    same_id = budget.id == owner.id ? &budget : same_id;
  }
  return same_id;
}

std::optional<Loosening> BaseLimits::loosened(std::size_t sample, const Budget& owner, double reference) const {
  const Budget* was = before(sample, owner);
  if (was == nullptr || !owner.metric) {
    return std::nullopt;
  }
  std::vector<std::string> parts = looser_parts(owner, *was, reference, today_);
  if (was->stat != owner.stat) {
    parts.push_back(fmt::format("judges its {} instead of its {}", to_string(owner.stat), to_string(was->stat)));
  }
  if (parts.empty()) {
    return std::nullopt;
  }
  Loosening loosening;
  loosening.before = was;
  loosening.what = join(parts, ", ");
  if (was->id != owner.id) {
    loosening.what += fmt::format(" (at the base '{}' applied here)", printable(was->id));
  }
  loosening.is_old_reason = owner.raised && was->raised && is_same(*owner.raised, *was->raised);
  loosening.excused =
      owner.raised && is_complete(*owner.raised) && owner.raised->expires >= today_ && !loosening.is_old_reason;
  return loosening;
}

Verdict BaseLimits::judge(std::size_t sample, const Budget& owner, double reference,
                          const std::function<Verdict(const Budget&)>& judge) const {
  const std::optional<Loosening> loosening = loosened(sample, owner, reference);
  if (!loosening) {
    return judge(owner);
  }
  if (loosening->excused) {
    Verdict verdict = judge(owner);
    // What was granted may be used: growth up to the new limit is what the reason is for.
    const bool is_growth = is_growth_code(verdict.code);
    if (verdict.status == Status::kPass || is_growth) {
      const std::string numbers = is_growth ? "; " + verdict.message : "";
      verdict.status = Status::kWarn;
      verdict.code = "BUDGET_LOOSENED";
      verdict.message = fmt::format("this change {}, until {} ({}: {}){}", loosening->what, owner.raised->expires,
                                    printable(owner.raised->owner), printable(owner.raised->reason), numbers);
      verdict.hint = "whoever owns the budget agrees by approving the change";
    }
    return verdict;
  }
  const Budget effective = stricter(owner, *loosening->before, reference);
  Verdict verdict = judge(effective);
  verdict.budget = owner.id;
  verdict.location = owner.location;
  const std::string change = "this change " + loosening->what;
  const std::string excuse = !owner.raised                    ? "and gives no reason"
                             : owner.raised->expires < today_ ? "and its reason has expired"
                             : loosening->is_old_reason       ? "and its reason is that of an earlier change"
                                                              : "and its reason is incomplete";
  if (verdict.status == Status::kFail || verdict.status == Status::kError) {
    verdict.message += fmt::format("; judged by the base's budget, as {} {}", change, excuse);
    return verdict;
  }
  // Whatever the value does, loosening needs its reason: a breach that the base has too, or one that noise leaves open,
  // must not be the way around it.
  const bool was_quiet = verdict.status == Status::kPass;
  const Level level = level_in_force(effective, today_);
  verdict.status = level == Level::kError ? Status::kFail : level == Level::kWarning ? Status::kWarn : Status::kPass;
  verdict.code = "BUDGET_LOOSENED_NO_REASON";
  verdict.message =
      fmt::format("{} {}{}", change, excuse, was_quiet ? "" : "; by the base's budget " + verdict.message);
  verdict.hint = "take it back, or write raised: { reason: …, owner: …, expires: YYYY-MM-DD } beside the limit";
  return verdict;
}

std::vector<Verdict> BaseLimits::removed(const std::vector<Sample>& samples,
                                         const std::vector<std::vector<std::size_t>>& owners) const {
  struct Open {
    std::size_t samples = 0;
    std::size_t broken = 0;
    std::size_t first = 0;
  };
  std::map<std::size_t, Open> open;  // by the base's budget
  for (std::size_t i = 0; i < samples.size(); ++i) {
    for (const std::size_t index : base_owners_[i]) {
      const Budget& was = base_[index];
      const bool kept = std::any_of(owners[i].begin(), owners[i].end(), [&](std::size_t owner) {
        const Budget& now = head_.budgets[owner];
        return now.stat == was.stat || now.id == was.id;
      });
      if (kept || !was.metric || was.level == Level::kOff) {
        continue;
      }
      Open& entry = open.emplace(index, Open{0, 0, i}).first->second;
      ++entry.samples;
      if (!tells(samples[i], was.stat)) {
        continue;
      }
      const double value = aggregate(samples[i], was.stat);
      entry.broken += (was.max && value > *was.max) || (was.min && value < *was.min) ? 1U : 0U;
    }
  }
  std::vector<Verdict> verdicts;
  for (const auto& [index, entry] : open) {
    const Budget& was = base_[index];
    const auto excuse = std::find_if(head_.removed.begin(), head_.removed.end(),
                                     [&](const Removal& removal) { return removal.budget == was.id; });
    const bool excused = excuse != head_.removed.end();
    std::string message = fmt::format("this change removes the budget, and {} that it guarded {} no limit any more",
                                      counted(entry.samples, "result"), entry.samples == 1 ? "has" : "have");
    if (entry.broken > 0) {
      message += fmt::format("; {} {} the old limit", entry.broken, entry.broken == 1 ? "breaks" : "break");
    }
    if (excused) {
      message += fmt::format(" ({}: {})", printable(excuse->owner), printable(excuse->reason));
    }
    const bool counts = level_in_force(was, today_) == Level::kError;
    Verdict verdict =
        verdict_without_sample(was, excused || !counts ? Status::kWarn : Status::kFail,
                               excused ? "BUDGET_LOOSENED" : "BUDGET_REMOVED_NO_REASON", std::move(message),
                               excused ? ""
                                       : fmt::format("put it back, or add to the budgets file removed: [{{ budget: "
                                                     "'{}', owner: …, reason: … }}]",
                                                     printable(was.id)));
    verdict.location = excused ? excuse->location : Location::of(head_.path);
    verdict.sample_location = samples[entry.first].location;
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

Budget stricter(const Budget& owner, const Budget& before, double reference) {
  Budget out = owner;
  out.metric = before.metric;
  out.stat = before.stat;
  out.max = stricter_limit(owner.max, before.max, [](double a, double b) { return a < b; });
  out.min = stricter_limit(owner.min, before.min, [](double a, double b) { return a > b; });
  if (allows_more(owner, before, reference)) {
    out.max_increase = before.max_increase;
  }
  out.level = std::max(owner.level, before.level);
  out.enforce_from = std::min(owner.enforce_from, before.enforce_from);
  return out;
}

std::vector<std::string> BaseLimits::removed_with_measurements() const {
  std::set<std::size_t> judging;
  for (const std::vector<std::size_t>& owners : base_owners_) {
    judging.insert(owners.begin(), owners.end());
  }
  std::vector<std::string> out;
  for (std::size_t i = 0; i < base_.size(); ++i) {
    const Budget& was = base_[i];
    const bool is_kept = std::any_of(head_.budgets.begin(), head_.budgets.end(), [&](const Budget& now) {
      return now.id == was.id || (now.metric_id == was.metric_id && now.where == was.where && now.stat == was.stat);
    });
    if (!is_kept && !judging.contains(i) && was.metric && was.level != Level::kOff) {
      out.push_back(fmt::format("it removes the budget '{}', and nothing measures any more what that guarded",
                                printable(was.id)));
    }
  }
  return out;
}

}  // namespace budgetcheck
