#include "budget/sections/sections.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace budgetcheck {

const std::vector<Section>& sections() {
  using enum json::Value::Type;
  constexpr bool kLimits = true;
  static const std::vector<Section> kSections{
      {"version", kNumber, {}, load_version, kLimits},
      {"project", kString, {}, load_project},
      {"inputs", kArray, {}, load_inputs},
      {"apps", kObject, {"project", "inputs"}, load_apps, !kLimits, kString},
      {"table_rows", kString, {}, load_table_rows},
      {"routes", kArray, {}, load_routes},
      {"telemetry", kObject, {}, load_telemetry},
      {"tiers", kObject, {}, load_tiers},
      {"queues", kArray, {"tiers"}, load_queues},
      {"budgets", kArray, {"metrics"}, load_budget_list, kLimits},
      {"limits", kObject, {"budgets"}, load_limits},
      {"generate", kObject, {}, load_generate},
      {"rules", kObject, {"rules_dir"}, load_rules},
      {"rules_dir", kString, {"metrics"}, load_rules_dir},
      {"waivers", kArray, {"budgets", "queues"}, load_waivers},
      {"removed", kArray, {"budgets"}, load_removed},
      {"loosened", kArray, {}, load_loosened},
      {"metrics", kObject, {}, load_metrics, kLimits},
  };
  return kSections;
}

std::vector<const Section*> in_order_of_needs(const std::vector<Section>& rows) {
  std::vector<const Section*> ordered;
  std::set<std::string_view> done;
  while (ordered.size() < rows.size()) {
    const auto next = std::find_if(rows.begin(), rows.end(), [&](const Section& row) {
      return !done.contains(row.key) && std::all_of(row.needs.begin(), row.needs.end(),
                                                    [&](std::string_view need) { return done.contains(need); });
    });
    if (next == rows.end()) {
      throw InternalError(fmt::format("{} sections of the budgets file need each other, or one that does not exist",
                                      rows.size() - ordered.size()));
    }
    ordered.push_back(&*next);
    done.insert(next->key);
  }
  return ordered;
}

}  // namespace budgetcheck
