#include "model/rule.h"

#include <algorithm>

#include "base/error.h"

namespace budgetcheck {

std::string_view to_string(Level level) {
  switch (level) {
    case Level::kOff:
      return "off";
    case Level::kNote:
      return "note";
    case Level::kWarning:
      return "warning";
    case Level::kError:
      return "error";
  }
  return "error";
}

bool parse_level(std::string_view name, Level& level) {
  if (name == "off") {
    level = Level::kOff;
  } else if (name == "note" || name == "info") {
    level = Level::kNote;
  } else if (name == "warning" || name == "warn") {
    level = Level::kWarning;
  } else if (name == "error") {
    level = Level::kError;
  } else {
    return false;
  }
  return true;
}

double Rule::param(std::string_view name) const {
  const auto found = std::find_if(params.begin(), params.end(), [&](const RuleParam& p) { return p.name == name; });
  if (found == params.end()) {
    throw InternalError("rule " + id + " has no parameter " + std::string(name));
  }
  return found->value;
}

const Rule* RuleSet::find(std::string_view id) const {
  const auto found = std::find_if(rules_.begin(), rules_.end(), [&](const Rule& rule) { return rule.id == id; });
  return found == rules_.end() ? nullptr : &*found;
}

Rule* RuleSet::find(std::string_view id) { return const_cast<Rule*>(std::as_const(*this).find(id)); }

const std::vector<CodeText>& verdict_codes() {
  static const std::vector<CodeText> kCodes{
      {"OK",
       "The value keeps its limit and has not grown beyond what is allowed, as far as its noise allows to judge."},
      {"NO_BASE",
       "The value keeps its limit, but there was no base to compare it with. Pass one with --base, or let the main "
       "branch store its results."},
      {"GREW_BELOW_FLOOR",
       "The value grew against the base, by less than what counts as a regression for this kind of metric."},
      {"LIMIT_EXCEEDED",
       "The value is worse than the budget's limit. Make it smaller, or raise the limit in a change of its own with "
       "a reason."},
      {"LIMIT_STRADDLED",
       "The value is over its limit by less than the noise of the measurement (or a part of it could not be seen). "
       "Measure more runs, or pass fresh ones with --rerun."},
      {"REGRESSED",
       "The value grew against the base by more than is allowed, and not by chance. Find what grew, or allow it with "
       "max_increase and a reason."},
      {"REGRESSED_CONFIRMED",
       "A fresh measurement of both sides confirmed that the value grew against the base. Find what grew, or allow it "
       "with max_increase and a reason."},
      {"NOT_CONFIRMED", "The growth that was suspected did not show in a fresh measurement of both sides."},
      {"RERUN",
       "The growth is suspicious, but these runs do not prove it. Measure 10 runs of base and head in one job, taking "
       "turns, and check again with --rerun."},
      {"TOO_FEW_RUNS",
       "Fewer runs, trials or values than the rule for this kind of metric needs. Measure at least five runs of each "
       "side, 1000 trials of a rate, 200 values for a p95."},
      {"NOT_TOLD",
       "The file tells some quantiles of the run, and not the one that the budget is on. Choose one of these as stat, "
       "or "
       "let the tool write it or its raw results."},
      {"FAILURES_MIXED_IN",
       "The durations are of all requests, many of which failed, so those of the successes may be quite others. Make "
       "the "
       "requests succeed, or pass the tool's raw results."},
      {"STALE_BASE",
       "The base is older than 14 days (or dated in the future), so its times are not compared. Measure the main "
       "branch again, or both sides in one job."},
      {"ENV_MISMATCH",
       "Base and head were measured on different machines or by different tools, so their times are not compared. "
       "Measure "
       "both sides in one job, taking turns."},
      {"PREEXISTING_BREACH",
       "The value is over its limit, but so was the base, and this change is not known to make it worse."},
      {"BUDGET_LOOSENED", "This change loosens the budget and gives its reason, owner and expiry."},
      {"BUDGET_LOOSENED_NO_REASON",
       "This change loosens the budget without a reason. Add raised: { reason, owner, expires }."},
      {"BUDGET_REMOVED_NO_REASON", "This change removes a budget without a reason. Put it back or say why."},
      {"GATE_LOOSENED", "This change loosens a setting of its own gate and gives owner and reason."},
      {"GATE_LOOSENED_NO_REASON",
       "This change loosens a setting of its own gate (a rule, an input, …) without owner and reason, so the base's "
       "value holds. Take it back, or add loosened: [{ setting, owner, reason, expires }]."},
      {"INPUT_OF_CHANGE",
       "Git holds this input and the change itself brought it, so it may say what its author wrote and not what was "
       "measured. Let CI write it, and keep it out of git."},
      {"GROWTH_NOT_JUDGED",
       "The budget limits growth, and there is nothing to compare with. Store the results of the main branch "
       "(budgetcheck baseline push), or name a base with --base."},
      {"WAIVED", "The budget is broken, and a waiver with owner, reason and expiry accepts it for now."},
      {"WAIVER_EXPIRED", "The waiver for this breach has expired. Fix the breach or renew the waiver."},
      {"WAIVER_CEILING", "The value is over the ceiling up to which the waiver accepts it."},
      {"WAIVER_INCOMPLETE", "The waiver has no owner, no reason or no expiry date."},
      {"NO_MATCH",
       "Nothing that was measured matches the budget, so it guards nothing. Check metric and where, and that the "
       "input is listed."},
      {"METRIC_DISAPPEARED", "The base has a value for this budget and the head has none."},
      {"UNKNOWN_METRIC", "No metric of this name exists. Check the spelling, or declare your own under metrics."},
      {"SCHEMA_VERSION", "The file is of a version that this program does not know. Use a newer budgetcheck."},
      {"NOTHING_TO_CHECK",
       "Neither the command line nor a budgets file names an input. Name files, or let budgetcheck init write a "
       "budgets "
       "file."},
      {"RATCHET_SUGGESTED", "The value has been well below its limit for a while: the limit could be tightened."},
      {"UNDERPOWERED",
       "The runs are so few or so noisy that a breach of this budget could not be seen. Measure more runs, or set a "
       "limit on bytes, requests or counts too."},
  };
  return kCodes;
}

}  // namespace budgetcheck
