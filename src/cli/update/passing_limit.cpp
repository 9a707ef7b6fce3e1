#include "cli/update/passing_limit.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "budget/edit/limit_steps.h"
#include "budget/select.h"
#include "judge/judge_budgets.h"

namespace budgetcheck {
namespace {

/// The first of `start`, `start` + direction, … that passes: what passes stays passed further on. Nothing: none does.
std::optional<std::int64_t> first_passing(std::int64_t start, int direction,
                                          const std::function<bool(std::int64_t)>& passes) {
  if (passes(start)) {
    return start;
  }
  const std::int64_t farthest = direction > 0 ? 1000 + std::min<std::int64_t>(start, INT64_MAX / 2000) * 1000 : start;
  std::int64_t fails = 0;
  std::int64_t distance = 1;
  while (distance < farthest && !passes(start + direction * distance)) {
    fails = distance;
    distance *= 2;
  }
  distance = std::min(distance, farthest);
  if (!passes(start + direction * distance)) {
    return std::nullopt;
  }
  while (distance - fails > 1) {
    const std::int64_t middle = fails + (distance - fails) / 2;
    (passes(start + direction * middle) ? distance : fails) = middle;
  }
  return start + direction * distance;
}

bool is_passed(const Verdict& verdict) { return verdict.status == Status::kPass; }

std::string text_of(const json::Value* value) {
  if (value == nullptr) {
    return {};
  }
  if (const std::string* text = value->string()) {
    return *text;
  }
  const double* number = value->number();
  return number == nullptr ? "" : format_number(*number);
}

bool is_percentage(std::string_view text) { return trim(text).ends_with('%'); }

}  // namespace

Trial::Trial(const BudgetsFile& file, std::size_t index, const json::Value& written, const Facts& facts,
             const Baseline& base, const std::string& today)
    : budget_(file.budgets[index]), written_(written), base_(base), today_(today) {
  budget_.level = Level::kError;
  budget_.enforce_from.clear();
  alone_.path = file.path;
  alone_.folder = file.folder;
  facts_.inputs = facts.inputs;
  facts_.unmeasured = facts.unmeasured;
  facts_.env = facts.env;
  const Selection selection = select_samples(file.budgets, facts.samples);
  if (selection.selected[index].empty()) {
    facts_.samples = facts.samples;  // what there is instead is said
    return;
  }
  for (std::size_t i = 0; i < facts.samples.size(); ++i) {
    const std::vector<std::size_t>& owners = selection.owners[i];
    if (std::find(owners.begin(), owners.end(), index) != owners.end()) {
      facts_.samples.push_back(facts.samples[i]);
    }
  }
  is_idle_ = facts_.samples.empty();
}

Verdict Trial::judge(const Budget& budget) const {
  BudgetsFile file = alone_;
  file.budgets = {budget};
  Reference reference;
  reference.base = base_.results ? &*base_.results : nullptr;
  reference.rerun = base_.rerun ? &*base_.rerun : nullptr;
  reference.needs_base = true;
  std::vector<Verdict> verdicts = judge_budgets(file, facts_, reference, today_).verdicts;
  return verdicts.empty() ? Verdict() : std::move(verdicts.front());
}

Verdict Trial::judge_limits(Budget budget) const {
  budget.max_increase.reset();
  BudgetsFile file = alone_;
  file.budgets = {std::move(budget)};
  Reference reference;
  reference.rerun = base_.rerun ? &*base_.rerun : nullptr;
  std::vector<Verdict> verdicts = judge_budgets(file, facts_, reference, today_).verdicts;
  return verdicts.empty() ? Verdict() : std::move(verdicts.front());
}

std::optional<NewLimit> Trial::passing_limit(const Verdict& verdict) const {
  const bool is_min = verdict.limit_is_min;
  const std::string key = is_min ? "min" : "max";
  double extreme = verdict.value.value_or(0);
  for (const Sample& sample : facts_.samples) {
    if (!tells(sample, budget_.stat)) {
      continue;
    }
    const double value = aggregate(sample, budget_.stat);
    extreme = is_min ? std::min(extreme, value) : std::max(extreme, value);
  }
  const auto steps = LimitSteps::like(written(key), budget_.metric->unit, extreme);
  if (!steps) {
    return std::nullopt;
  }
  Budget tried = budget_;
  (is_min ? tried.max : tried.min).reset();
  const auto number =
      first_passing(is_min ? steps->at_most(extreme) : steps->at_least(extreme), is_min ? -1 : 1, [&](std::int64_t n) {
        (is_min ? tried.min : tried.max) = steps->value(n);
        return is_passed(judge_limits(tried));
      });
  return number ? std::optional(NewLimit{key, "", steps->text(*number)}) : std::nullopt;
}

std::optional<NewLimit> Trial::passing_growth(const Verdict& verdict) const {
  const double growth = std::fabs(verdict.delta.value_or(0));
  const double base = std::fabs(verdict.base.value_or(0));
  const json::Value* increase = written_.find("max_increase");
  std::optional<NewLimit> best;
  double least = 0;  // how many times what stands there
  const auto attempt = [&](const std::string& part) {
    const std::string text = written("max_increase", part);
    const bool is_share = part == "percent" || is_percentage(text);
    if (text.empty() || (is_share && base == 0)) {
      return;
    }
    // A percentage without its sign is a bare number of percent.
    const double hundred = is_share && !is_percentage(text) ? 100 : 1;
    const Unit unit = !is_share ? budget_.metric->unit : hundred == 1 ? Unit::kRatio : Unit::kNone;
    const double needed = is_share ? growth / base * hundred : growth;
    const auto steps = LimitSteps::like(text, unit, needed);
    if (!steps) {
      return;
    }
    Budget tried = budget_;
    const auto number = first_passing(steps->at_least(needed), 1, [&](std::int64_t n) {
      const double value = steps->value(n) / hundred;
      (is_share ? tried.max_increase->relative : tried.max_increase->absolute) = value;
      return is_passed(judge(tried));
    });
    if (!number) {
      return;
    }
    const double old = parse_quantity(text, unit).value_or(0);
    const double ratio = old > 0 ? steps->value(*number) / old : HUGE_VAL;
    if (!best || ratio < least) {
      best = NewLimit{"max_increase", part, steps->text(*number)};
      least = ratio;
    }
  };
  if (increase != nullptr && increase->is_object()) {
    attempt("percent");
    attempt("absolute");
  } else {
    attempt("");
  }
  return best;
}

Expected<Budget> Trial::with(const NewLimit& limit) const {
  Budget budget = budget_;
  const bool is_growth = limit.key == "max_increase";
  const bool has_sign = is_percentage(limit.text);
  const bool is_bare_percent = limit.part == "percent" && !has_sign;
  const bool is_share = is_growth && (limit.part == "percent" || has_sign);
  const Unit unit = is_bare_percent ? Unit::kNone : is_share ? Unit::kRatio : budget.metric->unit;
  const Expected<double> quantity = parse_quantity(limit.text, unit);
  if (!quantity) {
    return tl::unexpected(quantity.error());
  }
  if (is_share) {
    budget.max_increase->relative = is_bare_percent ? *quantity / 100 : *quantity;
    budget.max_increase->absolute = limit.part.empty() ? std::nullopt : budget.max_increase->absolute;
  } else if (is_growth) {
    budget.max_increase->absolute = *quantity;
    budget.max_increase->relative = limit.part.empty() ? std::nullopt : budget.max_increase->relative;
  } else {
    (limit.key == "min" ? budget.min : budget.max) = *quantity;
  }
  return budget;
}

std::string Trial::written(std::string_view key, std::string_view part) const {
  const json::Value* value = written_.find(key);
  return text_of(value == nullptr || part.empty() ? value : value->find(part));
}

}  // namespace budgetcheck
