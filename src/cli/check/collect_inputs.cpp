#include "cli/check/collect_inputs.h"

#include <algorithm>

#include "base/glob.h"
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

bool asks_for_brotli(const BudgetsFile& budgets) {
  constexpr std::string_view kMetric = "bundle.brotli";
  const std::vector<Rule>& rules = budgets.rules.all();
  return budgets.budgets.empty() ||
         std::any_of(budgets.budgets.begin(), budgets.budgets.end(),
                     [&](const Budget& budget) { return budget.metric_id == kMetric; }) ||
         std::any_of(rules.begin(), rules.end(), [&](const Rule& rule) {
           return is_glob(rule.metric) ? label_glob_matches(rule.metric, kMetric) : rule.metric == kMetric;
         });
}

Facts collect_inputs(const FileSystem& files, const std::vector<InputSpec>& inputs,
                     const std::vector<std::string>& routes, bool brotli) {
  SizeCache sizes(cache_folder(process_variables()));
  Facts facts = collect(files, inputs, routes, {&sizes, brotli});
  sizes.save();
  return facts;
}

}  // namespace budgetcheck
