#include "cli/update/decide_limit.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/units.h"
#include "budget/edit/limit_steps.h"
#include "budget/import/write_budgets.h"

namespace budgetcheck {
namespace {

bool is_one_of(std::string_view code, std::initializer_list<std::string_view> codes) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::string name_of(const Trial& trial) { return printable(trial.budget().id); }

std::string key_text(const NewLimit& limit) { return limit.part.empty() ? limit.key : limit.key + "." + limit.part; }

std::string measured_text(const Verdict& verdict) {
  return verdict.value
             ? format_quantity(*verdict.value, verdict.unit, verdict.limit.value_or(*verdict.value)) + " measured"
             : "";
}

std::string change_text(const Trial& trial, const NewLimit& limit, const std::string& why) {
  return fmt::format("{}: {} {} -> {}{}", name_of(trial), key_text(limit),
                     printable(trial.written(limit.key, limit.part)), printable(limit.text),
                     why.empty() ? "" : " (" + why + ")");
}

/// The question stays open, so no limit follows from it.
Error open_question(const Trial& trial, std::string_view what, const Verdict& verdict) {
  return {ErrorKind::kInput, fmt::format("'{}' {}: {}", name_of(trial), what, verdict.message), trial.budget().location,
          verdict.hint};
}

Error cannot_be_measured(const Trial& trial, const Verdict& verdict) {
  return open_question(trial, "cannot be measured", verdict);
}

/// Whether a limit lets pass what the one that stands there does not.
bool is_looser(const Trial& trial, const NewLimit& limit, const Budget& changed) {
  const Budget& before = trial.budget();
  if (limit.key == "max") {
    return *changed.max > *before.max;
  }
  if (limit.key == "min") {
    return *changed.min < *before.min;
  }
  return changed.max_increase->relative.value_or(0) > before.max_increase->relative.value_or(0) ||
         changed.max_increase->absolute.value_or(0) > before.max_increase->absolute.value_or(0);
}

/// A growth that only the metric's class limits: the file has nothing to raise.
Error growth_without_limit(const Trial& trial, const UpdateOptions& options, const Verdict& verdict) {
  // A waiver may not be stricter than the limit, which the value keeps.
  const std::string limit = trial.written(trial.budget().max ? "max" : "min");
  return {
      ErrorKind::kUsage,
      fmt::format("'{}' keeps its limit and fails for its growth, on which the file sets no limit: {}", name_of(trial),
                  verdict.message),
      trial.budget().location,
      fmt::format("accept it for a while under waivers: - {{ budget: {}, owner: {}, reason: {}, expires: "
                  "YYYY-MM-DD, ceiling: {} }}; or give the budget a max_increase",
                  yaml_text(trial.budget().id), yaml_text(options.owner), yaml_text(options.reason), yaml_text(limit))};
}

/// Which limit `--to` sets.
Expected<NewLimit> meant_by(const Trial& trial, const std::string& to, const Verdict& limits) {
  const Budget& budget = trial.budget();
  if (budget.min && budget.max) {
    if (limits.status == Status::kPass) {
      return fail(
          ErrorKind::kUsage,
          fmt::format("'{}' has a min and a max and keeps both, so --to does not say which it sets", name_of(trial)),
          budget.location, "edit the file, and write raised: beside a limit that gets looser");
    }
    return NewLimit{limits.limit_is_min ? "min" : "max", "", to};
  }
  if (budget.max || budget.min) {
    return NewLimit{budget.max ? "max" : "min", "", to};
  }
  NewLimit limit{"max_increase", "", to};
  const bool is_percent = to.ends_with('%');
  if (!trial.written("max_increase", "percent").empty() || !trial.written("max_increase", "absolute").empty()) {
    limit.part = is_percent ? "percent" : "absolute";
    if (trial.written("max_increase", limit.part).empty()) {
      return fail(ErrorKind::kUsage,
                  fmt::format("the max_increase of '{}' has no '{}' that --to could set", name_of(trial), limit.part),
                  budget.location, is_percent ? "give a growth in the metric's unit" : "give a percentage: --to 10%");
    }
  }
  return limit;
}

std::string next_step(const std::optional<NewLimit>& passing) {
  return passing ? fmt::format("--to '{}' passes, or leave --to out", printable(passing->text))
                 : "measure more, or leave it as it is";
}

Expected<LimitDecision> set_limit(const Trial& trial, const UpdateOptions& options, const Verdict& limits) {
  const Expected<NewLimit> limit = meant_by(trial, std::string(trim(options.to)), limits);
  if (!limit) {
    return tl::unexpected(limit.error());
  }
  const Expected<Budget> changed = trial.with(*limit);
  if (!changed) {
    Error error = changed.error();
    error.message = "--to: " + error.message;
    return tl::unexpected(std::move(error));
  }
  const bool is_growth = limit->key == "max_increase";
  const Verdict verdict = is_growth ? trial.judge(*changed) : trial.judge_limits(*changed);
  const bool is_unjudged = is_growth && !verdict.base;
  if (verdict.status != Status::kPass && !is_unjudged) {
    const auto passing = is_growth ? trial.passing_growth(verdict) : trial.passing_limit(verdict);
    return fail(ErrorKind::kUsage,
                fmt::format("'{}' would not pass with {} {}: {}", name_of(trial), key_text(*limit),
                            printable(limit->text), verdict.message),
                trial.budget().location, next_step(passing));
  }
  LimitDecision decision;
  if (limit->text == trial.written(limit->key, limit->part)) {
    decision.text = fmt::format("{}: {} is {} already", name_of(trial), key_text(*limit), printable(limit->text));
    return decision;
  }
  decision.is_looser = is_looser(trial, *limit, *changed);
  decision.text = change_text(trial, *limit, measured_text(verdict));
  decision.limits = {*limit};
  return decision;
}

/// Every limit that is broken, each moved to the nearest that passes.
Expected<LimitDecision> pass_limits(const Trial& trial, Verdict verdict) {
  LimitDecision decision;
  decision.is_looser = true;
  Budget budget = trial.budget();
  for (int side = 0; side < 2 && verdict.status != Status::kPass; ++side) {
    const std::optional<NewLimit> limit = trial.passing_limit(verdict);
    if (!limit) {
      return tl::unexpected(open_question(trial, "passes with no limit", verdict));
    }
    decision.text += (decision.text.empty() ? "" : "\n") + change_text(trial, *limit, measured_text(verdict));
    decision.limits.push_back(*limit);
    const Expected<Budget> changed = trial.with(*limit);
    if (changed) {
      (limit->key == "min" ? budget.min : budget.max) = limit->key == "min" ? changed->min : changed->max;
    }
    verdict = trial.judge_limits(budget);
  }
  return decision;
}

Expected<LimitDecision> pass_growth(const Trial& trial, const UpdateOptions& options, const Verdict& verdict) {
  if (verdict.status == Status::kInconclusive) {
    return tl::unexpected(open_question(trial, "cannot be judged yet", verdict));
  }
  if (!trial.budget().max_increase) {
    return tl::unexpected(growth_without_limit(trial, options, verdict));
  }
  const std::optional<NewLimit> limit = trial.passing_growth(verdict);
  if (!limit) {
    return tl::unexpected(open_question(trial, "passes with no limit on its growth", verdict));
  }
  LimitDecision decision;
  decision.is_looser = true;
  decision.limits = {*limit};
  const std::string grown =
      verdict.delta ? fmt::format("{} since the base", format_delta(*verdict.delta, verdict.unit)) : "";
  decision.text = change_text(trial, *limit, grown) +
                  "\n  it allows later changes to grow as much: take it back once this one is on the main branch";
  return decision;
}

}  // namespace

Expected<LimitDecision> decide_limit(const Trial& trial, const UpdateOptions& options) {
  if (trial.is_idle()) {
    return fail(ErrorKind::kUsage,
                fmt::format("'{}' judges nothing: more specific budgets judge all that it selects", name_of(trial)),
                trial.budget().location, "update one of those");
  }
  const Verdict verdict = trial.judge();
  const Verdict limits = trial.judge_limits();
  for (const Verdict* one : {&verdict, &limits}) {
    if (!one->value && one->status != Status::kPass) {
      return tl::unexpected(cannot_be_measured(trial, *one));
    }
  }
  if (!options.to.empty()) {
    return set_limit(trial, options, limits);
  }
  if (limits.status != Status::kPass) {
    return pass_limits(trial, limits);
  }
  if (is_one_of(to_string(verdict.status), {"fail", "inconclusive"})) {
    return pass_growth(trial, options, verdict);
  }
  LimitDecision decision;
  decision.text = fmt::format("{}: passes already, so nothing is changed: {}", name_of(trial), verdict.message);
  return decision;
}

LimitDecision decide_tighter(const Trial& trial, const std::vector<Verdict>& verdicts) {
  LimitDecision decision;
  std::optional<double> tighter;
  for (const Verdict& verdict : verdicts) {
    if (!verdict.tighter) {
      decision.text = fmt::format("{}: nothing to tighten: {}", name_of(trial), verdict.message);
      return decision;
    }
    tighter = std::max(tighter.value_or(0), *verdict.tighter);
  }
  const Budget& budget = trial.budget();
  const std::string written = trial.written("max");
  const auto steps = tighter ? LimitSteps::like(written, budget.metric->unit, *tighter) : std::nullopt;
  const std::int64_t number = steps ? steps->at_least(*tighter) : 0;
  if (!steps || !(steps->value(number) < budget.max.value_or(0))) {
    decision.text = fmt::format("{}: nothing to tighten", name_of(trial));
    return decision;
  }
  decision.limits = {{"max", "", steps->text(number)}};
  decision.text = change_text(trial, decision.limits.front(), "stored results leave 5% of room");
  return decision;
}

}  // namespace budgetcheck
