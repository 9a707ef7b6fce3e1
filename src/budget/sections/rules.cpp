#include <algorithm>
#include <set>

#include "base/text.h"
#include "budget/catalogue.h"
#include "budget/sections/loading.h"
#include "json/schema/schema.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxRuleFiles = 1000;

class RulesLoader {
 public:
  explicit RulesLoader(Loading& loading) : loading_(loading) {}

  void load_folder(const json::Value& rules_dir) {
    const std::string folder = rules_dir.is_string() ? *rules_dir.string() : std::string();
    if (folder.empty()) {
      return;
    }
    const std::string on_disk = join_path(loading_.file.folder, folder);
    if (loading_.files.kind(on_disk) != FileKind::kDirectory) {
      folder_is_missing_ = true;
      loading_.error(loading_.at(rules_dir), "'rules_dir' names '" + printable(folder) + "', which is no folder",
                     "the path is relative to the budgets file");
      return;
    }
    std::size_t count = 0;
    for (const DirEntry& entry : loading_.files.list(on_disk)) {
      if (entry.kind != FileKind::kRegular || !entry.name.ends_with(".json")) {
        continue;
      }
      if (++count > kMaxRuleFiles) {
        loading_.error(loading_.at(rules_dir),
                       "'" + printable(folder) + "' holds more than " + std::to_string(kMaxRuleFiles) + " rules");
        return;
      }
      load_file(join_path(folder, entry.name), entry.name);
    }
    if (count == 0) {
      loading_.error(loading_.at(rules_dir), "'" + printable(folder) + "' holds no rules",
                     "a rule is a file NAME.json; remove 'rules_dir' if you have none");
    }
  }

  void apply(const json::Value& rules) {
    const json::Object* members = rules.object();
    if (members == nullptr) {
      return;
    }
    std::vector<std::string> known;
    for (const Rule& rule : loading_.file.rules.all()) {
      known.push_back(rule.id);
    }
    for (const json::Member& member : *members) {
      if (loading_.has_enough_errors()) {
        break;
      }
      Rule* rule = loading_.file.rules.find(member.key);
      if (rule != nullptr) {
        apply_one(*rule, member.value);
        continue;
      }
      // The error about the rule's own file, or the folder, is in the list already.
      if (folder_is_missing_ || broken_.contains(member.key)) {
        continue;
      }
      std::string hint = json::did_you_mean(member.key, known);
      loading_.error(loading_.at(member), "no rule is called '" + printable(member.key) + "'",
                     hint.empty() ? "rules: " + join(known, ", ") : std::move(hint));
    }
  }

 private:
  void load_file(const std::string& path, const std::string& name) {
    const std::string stem = name.substr(0, name.size() - std::string_view(".json").size());
    const auto content = loading_.files.open(join_path(loading_.file.folder, path));
    if (!content) {
      broken_.insert(stem);
      loading_.error(Location::of(path), content.error().message, content.error().hint);
      return;
    }
    ExpectedAll<Rule> rule = read_rule(path, (*content)->bytes(), loading_.file.catalogue);
    if (!rule) {
      broken_.insert(stem);
      for (Error& error : rule.error()) {
        error.kind = ErrorKind::kUsage;
        loading_.errors.push_back(std::move(error));
      }
      return;
    }
    const Location where = Location::of(path);
    const std::string id = printable(rule->id);
    if (shipped_rules().find(rule->id) != nullptr) {
      loading_.error(where, "a rule that comes with the program is called '" + id + "' already",
                     "choose another id; level and parameters of a shipped rule are set under 'rules'");
    } else if (loading_.file.rules.find(rule->id) != nullptr) {
      loading_.error(where, "another file of 'rules_dir' has a rule '" + id + "' already", "give it another id");
    } else if (rule->kind == RuleKind::kCoded) {
      broken_.insert(rule->id);
      loading_.error(where, "the rule '" + id + "' is of kind 'coded', which only rules of the program can be",
                     "write a rule of kind 'pattern' or 'threshold'");
    } else if (rule->kind == RuleKind::kThreshold && !loading_.file.catalogue.find(rule->metric)) {
      broken_.insert(rule->id);
      loading_.error(where, "the rule '" + id + "' limits '" + printable(rule->metric) + "', which is no known metric",
                     "check the spelling, or declare the metric under 'metrics' in the budgets file");
    } else {
      loading_.file.rules.add(std::move(*rule));
    }
  }

  void apply_one(Rule& rule, const json::Value& setting) {
    if (const std::string* level = setting.string()) {
      parse_level(*level, rule.level);
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
        parse_level(setting.string_or("level", ""), rule.level);
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
      loading_.error(loading_.at(member), "the rule '" + rule.id + "' has no parameter '" + printable(member.key) + "'",
                     hint.empty() ? "it takes " + join(known, ", ") : std::move(hint));
      return;
    }
    const std::optional<double> value = quantity_of(loading_, member.key, member.value, param->unit);
    if (!value) {
      return;
    }
    if (*value < param->min || *value > param->max) {
      loading_.error(loading_.at(member.value),
                     "'" + param->name + "' is " + format_quantity(*value, param->unit) + " but must be from " +
                         format_quantity(param->min, param->unit) + " to " + format_quantity(param->max, param->unit),
                     param->text);
      return;
    }
    param->value = *value;
  }

  Loading& loading_;
  std::set<std::string> broken_;  ///< ids of rules whose own file has an error
  bool folder_is_missing_ = false;
};

}  // namespace

void load_rules(Loading& loading, const json::Value& document) {
  RulesLoader loader(loading);
  if (const json::Value* folder = document.find("rules_dir")) {
    loader.load_folder(*folder);
  }
  if (const json::Value* rules = document.find("rules")) {
    loader.apply(*rules);
  }
}

}  // namespace budgetcheck
