#include "cli/check/collect_inputs.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "base/ci.h"
#include "base/hash.h"
#include "base/platform/private_secret.h"
#include "collect/bundle/size_cache.h"
#include "collect/collect.h"
#include "json/writer.h"

namespace budgetcheck {
namespace {

/// The value when it is an absolute path: the XDG rules say that others are to be ignored.
std::string absolute(const char* value) {
  const std::string path = value == nullptr ? "" : value;
  return path.starts_with("/") ? path : "";
}

/// The program's own folder in one of the user's folders; empty without a home.
std::string user_folder(const Variables& variables, const char* variable, const char* in_home) {
  if (const std::string folder = absolute(variables(variable)); !folder.empty()) {
    return join_path(folder, "budgetcheck");
  }
  const std::string home = absolute(variables("HOME"));
  return home.empty() ? "" : join_path(join_path(home, in_home), "budgetcheck");
}

constexpr std::size_t kSecretBytes = 32;

/// A secret of any length as a key.
HashKey key_of(std::string_view secret) {
  const auto half = [&](std::uint64_t which) {
    std::uint64_t value = 0;
    const std::string digits = keyed_hash({which, 0}, secret).substr(0, 16);
    std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return value;
  };
  return {half(1), half(2)};
}

/// Compressed sizes that runs keep between them.
class KeptSizes {
 public:
  KeptSizes() : KeptSizes(process_variables()) {}

  SizeCache& get() { return sizes_; }
  void save() { sizes_.save(); }

 private:
  explicit KeptSizes(const Variables& variables)
      : folder_(cache_folder(variables)), sizes_(folder_, folder_.empty() ? std::nullopt : cache_key(variables)) {}

  std::string folder_;
  SizeCache sizes_;
};

std::vector<QueueSetting> settings_of(const std::vector<QueueDeclaration>& queues) {
  std::vector<QueueSetting> settings;
  for (const QueueDeclaration& one : queues) {
    settings.push_back(
        {one.queue, one.concurrency.value_or(0), one.max_depth.value_or(0), one.max_utilisation.has_value()});
  }
  return settings;
}

}  // namespace

std::string cache_folder(const Variables& variables) {
  if (const char* own = variables("BUDGETCHECK_CACHE_DIR"); own != nullptr && *own != '\0') {
    return std::string(own) == "none" ? "" : own;
  }
  return runs_in_ci(variables) ? "" : user_folder(variables, "XDG_CACHE_HOME", ".cache");
}

std::optional<HashKey> cache_key(const Variables& variables) {
  if (const char* own = variables("BUDGETCHECK_CACHE_KEY"); own != nullptr && *own != '\0') {
    return key_of(own);
  }
  const std::string folder = user_folder(variables, "XDG_STATE_HOME", ".local/state");
  const auto secret = folder.empty() ? std::nullopt : private_secret(join_path(folder, "cache.key"), kSecretBytes);
  return secret ? std::optional(key_of(*secret)) : std::nullopt;
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

std::string reading_settings(const BudgetsFile& budgets) {
  std::string all;
  const auto add = [&](std::string_view name, const std::vector<std::string>& values) {
    for (const std::string& value : values) {
      all.append(name).append(" ").append(value).append("\n");
    }
  };
  RouteNames names;
  add_selected(budgets, names);
  Wishes wishes = wishes_of(budgets);
  std::sort(wishes.metrics.begin(), wishes.metrics.end());
  wishes.metrics.erase(std::unique(wishes.metrics.begin(), wishes.metrics.end()), wishes.metrics.end());
  std::sort(names.selected.begin(), names.selected.end());
  names.selected.erase(std::unique(names.selected.begin(), names.selected.end()), names.selected.end());
  add("route", budgets.routes);
  add("selected", names.selected);
  add("metric", wishes.metrics);
  if (const json::Value* telemetry = budgets.document.find("telemetry")) {
    add("telemetry", {json::to_json(*telemetry)});
  }
  if (const json::Value* queues = budgets.document.find("queues")) {
    add("queues", {json::to_json(*queues)});
  }
  for (const InputSpec& input : budgets.inputs) {
    add("input", {input.path});
    add("settings", {json::to_json(input.settings.of_file())});
  }
  return stable_key(all);
}

Facts collect_inputs(const FileSystem& files, const std::vector<InputSpec>& inputs,
                     const std::vector<std::string>& routes, const Wishes& wishes, const RouteNames& names,
                     const std::string& settings, const Telemetry* telemetry,
                     const std::vector<QueueDeclaration>& queues) {
  KeptSizes sizes;
  const std::vector<QueueSetting> queue_settings = settings_of(queues);
  Facts facts =
      collect(files, inputs, routes, {&sizes.get(), wishes, names, settings, telemetry, nullptr, &queue_settings});
  sizes.save();
  return facts;
}

Expected<Measured> measure_inputs_of(const FileSystem& files, const std::vector<InputSpec>& inputs,
                                     const BudgetsFile& budgets, const PieceChoice& piece) {
  KeptSizes sizes;
  MeasureOptions options;
  options.sizes = &sizes.get();
  options.wishes = wishes_of(budgets);
  add_selected(budgets, options.route_names);
  options.settings = reading_settings(budgets);
  options.checksums = true;
  options.piece = piece;
  options.telemetry = &budgets.telemetry;
  const std::vector<QueueSetting> queues = settings_of(budgets.queues);
  options.queues = &queues;
  Expected<Measured> measured = measure_inputs(files, inputs, budgets.routes, options);
  sizes.save();
  if (measured) {
    measured->program = BUDGETCHECK_VERSION;
    measured->settings = options.settings;
    if (piece.number > 0) {
      measured->routes = budgets.routes;
      measured->selected = options.route_names.selected;
    }
  }
  return measured;
}

}  // namespace budgetcheck
