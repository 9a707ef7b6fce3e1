#include "cli/check/collect_inputs.h"

#include "collect/bundle/size_cache.h"
#include "collect/collect.h"

namespace budgetcheck {
namespace {

/// The value when it is an absolute path: the XDG rules say that others are to be ignored.
std::string absolute(const char* value) {
  const std::string path = value == nullptr ? "" : value;
  return path.starts_with("/") ? path : "";
}

}  // namespace

std::string cache_folder(const Variables& variables) {
  if (const char* own = variables("BUDGETCHECK_CACHE_DIR"); own != nullptr && *own != '\0') {
    return std::string(own) == "none" ? "" : own;
  }
  if (const std::string cache = absolute(variables("XDG_CACHE_HOME")); !cache.empty()) {
    return join_path(cache, "budgetcheck");
  }
  const std::string home = absolute(variables("HOME"));
  return home.empty() ? "" : join_path(home, ".cache/budgetcheck");
}

Wishes wishes_of(const BudgetsFile& budgets) {
  Wishes wishes;
  wishes.everything = budgets.budgets.empty();
  for (const Budget& budget : budgets.budgets) {
    wishes.metrics.push_back(budget.metric_id);
  }
  for (const Rule& rule : budgets.rules.all()) {
    wishes.metrics.push_back(rule.metric);
  }
  return wishes;
}

Facts collect_inputs(const FileSystem& files, const std::vector<InputSpec>& inputs,
                     const std::vector<std::string>& routes, const Wishes& wishes) {
  SizeCache sizes(cache_folder(process_variables()));
  Facts facts = collect(files, inputs, routes, {&sizes, wishes});
  sizes.save();
  return facts;
}

}  // namespace budgetcheck
