#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "base/number.h"
#include "base/text.h"
#include "budget/sections/loading.h"

namespace budgetcheck {
namespace {

std::optional<double> positive_of(Loading& loading, const json::Value& entry, std::string_view key, Unit unit) {
  const json::Value* value = entry.find(key);
  if (value == nullptr || (value->number() == nullptr && value->string() == nullptr)) {
    return std::nullopt;
  }
  const std::optional<double> quantity = quantity_of(loading, key, *value, unit);
  if (quantity && *quantity <= 0) {
    loading.error(loading.at(*value), fmt::format("'{}' is {}, and has to be above 0", key, format_number(*quantity)),
                  "remove it if there is no limit");
    return std::nullopt;
  }
  return quantity;
}

void check_tier(Loading& loading, const json::Value& entry, const std::string& tier) {
  const std::vector<Tier>& tiers = loading.file.tiers;
  if (tier.empty() || loading.unread.contains("tiers") ||
      std::any_of(tiers.begin(), tiers.end(), [&](const Tier& one) { return one.name == tier; })) {
    return;
  }
  std::vector<std::string> names;
  for (const Tier& one : tiers) {
    names.push_back(one.name);
  }
  const std::string near = nearest(tier, names);
  loading.error(loading.at(*entry.find("tier")), fmt::format("there is no tier '{}'", printable(tier)),
                !near.empty()   ? fmt::format("did you mean '{}'?", printable(near))
                : names.empty() ? fmt::format("declare it: tiers: {{ {}: {{ owner: \"@team\" }} }}", printable(tier))
                                : fmt::format("tiers are: {}", printable(join(names, ", "))));
}

}  // namespace

void load_queues(Loading& loading, const json::Value& queues) {
  std::map<std::string, std::uint32_t> seen;
  for (const json::Value& entry : *queues.array()) {
    if (loading.has_enough_errors()) {
      return;
    }
    if (!entry.is_object()) {
      continue;
    }
    QueueDeclaration queue;
    queue.queue = text_of(entry, "queue");
    queue.tier = text_of(entry, "tier");
    queue.location = loading.at(entry);
    queue.concurrency = positive_of(loading, entry, "concurrency", Unit::kCount);
    queue.max_depth = positive_of(loading, entry, "max_depth", Unit::kCount);
    queue.max_wait_ms = positive_of(loading, entry, "max_wait", Unit::kMilliseconds);
    queue.max_utilisation = positive_of(loading, entry, "max_utilisation", Unit::kRatio);
    if (queue.max_utilisation && *queue.max_utilisation > 1) {
      loading.error(
          loading.at(*entry.find("max_utilisation")),
          fmt::format("'max_utilisation' is {}, which is more than all", format_number(*queue.max_utilisation)),
          "write it with its sign: 80%");
    }
    if (queue.concurrency && *queue.concurrency != std::floor(*queue.concurrency)) {
      loading.error(loading.at(*entry.find("concurrency")),
                    fmt::format("'concurrency' is {}, and has to be a whole number", format_number(*queue.concurrency)),
                    "it is how many jobs all workers together work on at a time");
    }
    check_tier(loading, entry, queue.tier);
    if (queue.queue.empty()) {
      continue;
    }
    const auto [first, is_new] = seen.emplace(queue.queue, queue.location.line);
    if (!is_new) {
      loading.error(queue.location, fmt::format("the queue '{}' is declared twice", printable(queue.queue)),
                    fmt::format("it is in line {} already: write one entry", first->second));
      continue;
    }
    loading.file.queues.push_back(std::move(queue));
  }
}

}  // namespace budgetcheck
