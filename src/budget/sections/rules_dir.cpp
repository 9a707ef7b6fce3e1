#include <fmt/format.h>

#include "base/text.h"
#include "budget/catalogue.h"
#include "budget/sections/loading.h"
#include "json/document.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxRuleFiles = 1000;

class RuleFolder {
 public:
  RuleFolder(Loading& loading, const json::Value& rules_dir) : loading_(loading), rules_dir_(rules_dir) {}

  void load() {
    const std::string& folder = *rules_dir_.string();
    if (folder.empty()) {
      return;
    }
    const std::string on_disk = join_path(loading_.file.folder, folder);
    if (loading_.files.kind(on_disk) != FileKind::kDirectory) {
      loading_.rules.any = true;
      error(fmt::format("'rules_dir' names '{}', which is not a folder", printable(folder)),
            "the path is relative to the budgets file");
      return;
    }
    std::size_t count = 0;
    for (const DirEntry& entry : loading_.files.list(on_disk)) {
      if (entry.kind != FileKind::kRegular || !entry.name.ends_with(".json")) {
        continue;
      }
      if (++count > kMaxRuleFiles) {
        loading_.rules.any = true;
        error(fmt::format("'{}' has more than {} rules", printable(folder), kMaxRuleFiles));
        return;
      }
      load_file(join_path(folder, entry.name), entry.name);
    }
    if (count == 0) {
      loading_.rules.any = true;
      error(fmt::format("'{}' has no rules", printable(folder)),
            "a rule is a file NAME.json; remove 'rules_dir' if you have none");
    }
  }

 private:
  void error(std::string message, std::string hint = {}) {
    loading_.error(loading_.at(rules_dir_), std::move(message), std::move(hint));
  }

  void load_file(const std::string& path, const std::string& name) {
    const auto content = loading_.files.open(join_path(loading_.file.folder, path));
    if (!content) {
      loading_.rules.any = true;
      loading_.error(Location::of(path), content.error().message, content.error().hint);
      return;
    }
    ExpectedAll<Rule> rule = read_rule(path, (*content)->bytes(), loading_.file.catalogue);
    if (rule) {
      add(path, std::move(*rule));
      return;
    }
    loading_.rules.names.insert(name.substr(0, name.size() - std::string_view(".json").size()));
    note_errors(path, (*content)->bytes(), std::move(rule.error()));
  }

  /// An unknown metric is not a second error when the budgets file declares it, but wrongly.
  void note_errors(const std::string& path, std::string_view bytes, Errors errors) {
    const ExpectedAll<json::Value> document = json::read_json(path, bytes);
    const std::string id = document ? text_of(*document, "id") : "";
    if (id.empty()) {
      loading_.rules.any = true;
    } else {
      loading_.rules.names.insert(id);
    }
    const bool is_doubtful = document && loading_.is_doubtful_metric(text_of(*document, "metric"));
    for (Error& error : errors) {
      if (is_doubtful && error.code == "UNKNOWN_METRIC") {
        loading_.passed_over = true;
        continue;
      }
      error.kind = ErrorKind::kUsage;
      loading_.errors.push_back(std::move(error));
    }
  }

  void add(const std::string& path, Rule rule) {
    const Location where = Location::of(path);
    const std::string id = printable(rule.id);
    if (shipped_rules().find(rule.id) != nullptr) {
      loading_.error(where, fmt::format("a rule that comes with the program is called '{}' already", id),
                     "choose another id; level and parameters of a shipped rule are set under 'rules'");
    } else if (loading_.file.rules.find(rule.id) != nullptr) {
      loading_.error(where, fmt::format("another file of 'rules_dir' has a rule '{}' already", id),
                     "choose another id");
    } else if (rule.kind == RuleKind::kCoded) {
      loading_.rules.names.insert(rule.id);
      loading_.error(where, fmt::format("the rule '{}' is of kind 'coded', which only rules of the program can be", id),
                     "write a rule of kind 'pattern' or 'threshold'");
    } else {
      rule.asked = true;
      loading_.file.rules.add(std::move(rule));
    }
  }

  Loading& loading_;
  const json::Value& rules_dir_;
};

}  // namespace

void load_rules_dir(Loading& loading, const json::Value& rules_dir) { RuleFolder(loading, rules_dir).load(); }

}  // namespace budgetcheck
