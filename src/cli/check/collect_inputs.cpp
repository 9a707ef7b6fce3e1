#include "cli/check/collect_inputs.h"

#include <charconv>
#include <cstdint>

#include "base/ci.h"
#include "base/platform/private_secret.h"
#include "collect/bundle/size_cache.h"
#include "collect/collect.h"

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

Facts collect_inputs(const FileSystem& files, const std::vector<InputSpec>& inputs,
                     const std::vector<std::string>& routes, const Wishes& wishes, const RouteNames& names) {
  const Variables variables = process_variables();
  const std::string folder = cache_folder(variables);
  SizeCache sizes(folder, folder.empty() ? std::nullopt : cache_key(variables));
  Facts facts = collect(files, inputs, routes, {&sizes, wishes, names});
  sizes.save();
  return facts;
}

}  // namespace budgetcheck
