#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "budget/sections/loading.h"
#include "json/schema/schema.h"

namespace budgetcheck {
namespace {

class RuleSettings {
 public:
  explicit RuleSettings(Loading& loading) : loading_(loading) {
    for (const Rule& rule : loading_.file.rules.all()) {
      known_.push_back(rule.id);
    }
  }

  void apply(const json::Object& rules) {
    for (const json::Member& member : rules) {
      if (loading_.has_enough_errors()) {
        break;
      }
      if (Rule* rule = loading_.file.rules.find(member.key)) {
        apply_one(*rule, member.value);
      } else {
        no_such_rule(member);
      }
    }
  }

 private:
  /// A rule of the team's own whose file has an error is in the list already. Where such a file, or the folder, does
  /// not even show the rule's name, only a name that is near a known one is taken for a mistake.
  void no_such_rule(const json::Member& member) {
    std::string hint = json::did_you_mean(member.key, known_);
    const bool may_be_own = loading_.rules.any || loading_.unread.contains("rules_dir");
    if (loading_.rules.names.contains(member.key) || (may_be_own && hint.empty())) {
      loading_.passed_over = true;
      return;
    }
    loading_.error(loading_.at(member), fmt::format("no rule is called '{}'", printable(member.key)),
                   hint.empty() ? fmt::format("rules: {}", join(known_, ", ")) : std::move(hint));
  }

  void apply_one(Rule& rule, const json::Value& setting) {
    if (const std::string* level = setting.string()) {
      rule.asked = parse_level(*level, rule.level) || rule.asked;
      return;
    }
    const json::Object* members = setting.object();
    if (members == nullptr) {
      return;
    }
    for (const json::Member& member : *members) {
      if (loading_.has_enough_errors()) {
        break;
      }
      if (member.key == "level") {
        rule.asked = parse_level(setting.string_or("level", ""), rule.level) || rule.asked;
      } else if (member.key == "ignore") {
        set_ignored(rule, member.value);
      } else {
        set_parameter(rule, member);
      }
    }
  }

  static void set_ignored(Rule& rule, const json::Value& names) {
    if (const json::Array* elements = names.array()) {
      for (const json::Value& element : *elements) {
        if (element.is_string()) {
          rule.ignore.push_back(*element.string());
        }
      }
    }
  }

  void set_parameter(Rule& rule, const json::Member& member) {
    const auto param = std::find_if(rule.params.begin(), rule.params.end(),
                                    [&](const RuleParam& candidate) { return candidate.name == member.key; });
    if (param == rule.params.end()) {
      std::vector<std::string> known{"level", "ignore"};
      for (const RuleParam& candidate : rule.params) {
        known.push_back(candidate.name);
      }
      std::string hint = json::did_you_mean(member.key, known);
      loading_.error(loading_.at(member),
                     fmt::format("the rule '{}' has no parameter '{}'", rule.id, printable(member.key)),
                     hint.empty() ? fmt::format("it takes {}", join(known, ", ")) : std::move(hint));
      return;
    }
    const std::optional<double> value = quantity_of(loading_, member.key, member.value, param->unit);
    if (!value) {
      return;
    }
    if (*value < param->min || *value > param->max) {
      loading_.error(
          loading_.at(member.value),
          fmt::format("'{}' is {} but must be from {} to {}", param->name, format_quantity(*value, param->unit),
                      format_quantity(param->min, param->unit), format_quantity(param->max, param->unit)),
          param->text);
      return;
    }
    param->value = *value;
  }

  Loading& loading_;
  std::vector<std::string> known_;
};

}  // namespace

void load_rules(Loading& loading, const json::Value& rules) { RuleSettings(loading).apply(*rules.object()); }

}  // namespace budgetcheck
