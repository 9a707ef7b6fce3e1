#include "judge/load/queue_budgets.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/glob.h"

namespace budgetcheck {

std::vector<Budget> queue_budgets(const BudgetsFile& budgets) {
  std::vector<Budget> out;
  for (const QueueDeclaration& queue : budgets.queues) {
    const auto add = [&](std::string_view key, std::string_view metric, std::optional<double> max, Stat stat) {
      if (!max) {
        return;
      }
      Budget budget;
      budget.id = fmt::format("queues.{}.{}", queue.queue, key);
      budget.metric_id = metric;
      budget.metric = budgets.catalogue.find(metric);
      budget.where.set("queue", escaped_glob(queue.queue));
      budget.stat = stat;
      budget.max = max;
      const auto tier = std::find_if(budgets.tiers.begin(), budgets.tiers.end(),
                                     [&](const Tier& one) { return one.name == queue.tier; });
      budget.owner = tier == budgets.tiers.end() ? std::string() : tier->owner;
      budget.location = queue.location;
      out.push_back(std::move(budget));
    };
    add("max_depth", "queue.depth", queue.max_depth, Stat::kMax);
    add("max_wait", "queue.wait", queue.max_wait_ms, Stat::kMax);
    add("max_utilisation", "queue.utilisation", queue.max_utilisation, Stat::kMean);
  }
  return out;
}

}  // namespace budgetcheck
