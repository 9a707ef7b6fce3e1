#include "judge/gate/rules_in_force.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/glob.h"
#include "base/text.h"
#include "budget/catalogue.h"

namespace budgetcheck {
namespace {

bool is_own(const Rule& rule) { return shipped_rules().find(rule.id) == nullptr; }

bool is_looser(const RuleParam& now, const RuleParam& then) {
  return then.higher_is_looser ? now.value > then.value : now.value < then.value;
}

const RuleParam* param_of(const Rule& rule, const std::string& name) {
  const auto found =
      std::find_if(rule.params.begin(), rule.params.end(), [&](const RuleParam& param) { return param.name == name; });
  return found == rule.params.end() ? nullptr : &*found;
}

/// The names that `now` exempts and `then` did not.
std::vector<std::string> new_exemptions(const Rule& now, const Rule& then) {
  std::vector<std::string> added;
  for (const std::string& name : now.ignore) {
    const bool was_there = std::any_of(then.ignore.begin(), then.ignore.end(), [&](const std::string& before) {
      return before == name || (!is_glob(name) && label_glob_matches(before, name));
    });
    if (!was_there) {
      added.push_back(name);
    }
  }
  return added;
}

/// What a team's own rule looks for, without its limit.
bool looks_for_the_same(const Rule& a, const Rule& b) {
  return a.kind == b.kind && a.on == b.on && a.pattern == b.pattern && a.metric == b.metric && a.where == b.where &&
         a.stat == b.stat && a.direction == b.direction && a.unit == b.unit;
}

bool has_looser_limit(const Rule& now, const Rule& then) {
  if (!then.limit) {
    return false;
  }
  return !now.limit ||
         (then.direction == Direction::kLowerIsBetter ? *now.limit > *then.limit : *now.limit < *then.limit);
}

/// What `now` lets pass and `then` did not, as clauses.
std::vector<std::string> looser_parts(const Rule& now, const Rule& then) {
  std::vector<std::string> parts;
  const std::string name = "'" + printable(then.id) + "'";
  if (now.level < then.level) {
    parts.push_back(fmt::format("sets the rule {} from {} to {}", name, to_string(then.level), to_string(now.level)));
  }
  for (const RuleParam& before : then.params) {
    const RuleParam* after = param_of(now, before.name);
    if (after != nullptr && is_looser(*after, before)) {
      parts.push_back(fmt::format("sets '{}' of the rule {} from {} to {}", before.name, name,
                                  format_quantity(before.value, before.unit, after->value),
                                  format_quantity(after->value, before.unit, before.value)));
    }
  }
  if (const std::vector<std::string> exempted = new_exemptions(now, then); !exempted.empty()) {
    constexpr std::size_t kShown = 3;
    std::vector<std::string> shown;
    for (std::size_t i = 0; i < std::min(kShown, exempted.size()); ++i) {
      shown.push_back("'" + printable(exempted[i]) + "'");
    }
    parts.push_back(fmt::format("exempts {}{} from the rule {}", join(shown, ", "),
                                exempted.size() > kShown ? fmt::format(" and {} more", exempted.size() - kShown) : "",
                                name));
  }
  if (!looks_for_the_same(now, then)) {
    parts.push_back(fmt::format("edits what the rule {} looks for", name));
  } else if (has_looser_limit(now, then)) {
    parts.push_back(fmt::format("raises the limit of the rule {}", name));
  }
  return parts;
}

/// `now`, as strict as `then` in everything.
Rule stricter(const Rule& now, const Rule& then) {
  const bool keeps_own = looks_for_the_same(now, then) && !has_looser_limit(now, then);
  Rule out = keeps_own ? now : then;
  out.level = std::max(now.level, then.level);
  out.asked = now.asked || then.asked;
  out.ignore = now.ignore;
  for (const std::string& exempted : new_exemptions(now, then)) {
    std::erase(out.ignore, exempted);
  }
  for (RuleParam& param : out.params) {
    const RuleParam* after = param_of(now, param.name);
    const RuleParam* before = param_of(then, param.name);
    if (after != nullptr && before != nullptr) {
      param.value = is_looser(*after, *before) ? before->value : after->value;
    }
  }
  return out;
}

LoosenedSetting setting_of(const Rule& then, const Excuses& excuses) {
  LoosenedSetting loosened;
  loosened.setting = "rules." + then.id;
  loosened.whole = is_own(then) ? "rules_dir" : "";
  loosened.held = "the base's rule holds";
  loosened.level = then.level;
  loosened.location = excuses.place_of({"rules", then.id});
  return loosened;
}

}  // namespace

RuleSet rules_in_force(const BudgetsFile& head, const BudgetsFile& base, const Excuses& excuses,
                       std::vector<Verdict>& verdicts) {
  RuleSet rules = head.rules;
  for (const Rule& then : base.rules.all()) {
    if (then.level == Level::kOff) {
      continue;
    }
    Rule* now = rules.find(then.id);
    const std::vector<std::string> parts =
        now == nullptr ? std::vector<std::string>{fmt::format("removes the rule '{}'", printable(then.id))}
                       : looser_parts(*now, then);
    if (parts.empty()) {
      continue;
    }
    LoosenedSetting loosened = setting_of(then, excuses);
    loosened.what = join(parts, ", ");
    Excuses::Answer answer = excuses.judge(loosened);
    verdicts.push_back(std::move(answer.verdict));
    if (answer.accepted) {
      continue;
    }
    if (now == nullptr) {
      rules.add(then);
    } else {
      *now = stricter(*now, then);
    }
  }
  return rules;
}

}  // namespace budgetcheck
