#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "budget/sections/loading.h"

namespace budgetcheck {
namespace {

constexpr std::array<std::string_view, 5> kWhole{"rules_dir", "routes", "table_rows", "telemetry", "limits"};
constexpr std::array<std::string_view, 7> kNamed{"rules.",  "inputs.", "apps.",    "telemetry.",
                                                 "limits.", "queues.", "generate."};

bool is_setting(std::string_view setting) {
  const bool whole = std::find(kWhole.begin(), kWhole.end(), setting) != kWhole.end();
  return whole || std::any_of(kNamed.begin(), kNamed.end(), [&](std::string_view prefix) {
           return setting.starts_with(prefix) && setting.size() > prefix.size();
         });
}

std::string hint_for(std::string_view setting) {
  if (setting.starts_with("budgets.")) {
    return "a raised limit says it beside the limit (raised: { reason, owner, expires }), a removed budget under "
           "'removed'";
  }
  return "it is rules.RULE, rules_dir, inputs.PATH, apps.NAME, routes, table_rows, telemetry.KEY, limits.KEY, "
         "queues.QUEUE or generate.TARGET, as the report names it";
}

}  // namespace

void load_loosened(Loading& loading, const json::Value& loosened) {
  for (const json::Value& value : *loosened.array()) {
    Loosened entry{text_of(value, "setting"), text_of(value, "owner"), text_of(value, "reason"),
                   date_of(loading, value, "expires"), loading.at(value)};
    if (entry.setting.empty()) {
      continue;
    }
    if (!is_setting(entry.setting)) {
      loading.error(
          loading.at(*value.find("setting")),
          fmt::format("'loosened' names '{}', which is no setting that can be loosened", printable(entry.setting)),
          hint_for(entry.setting));
    }
    for (const char* key : {"owner", "reason"}) {
      const json::Value* part = value.find(key);
      if (part != nullptr && part->is_string() && !part->string()->empty() && trim(*part->string()).empty()) {
        loading.error(loading.at(*part), fmt::format("the {} of '{}' is blank", key, printable(entry.setting)),
                      "say who loosens it, and why");
      }
    }
    loading.file.loosened.push_back(std::move(entry));
  }
}

}  // namespace budgetcheck
