#include "generate/limits/plan_words.h"

#include <fmt/format.h>

#include "base/text.h"

namespace budgetcheck {

Errors missing_for_limits(const BudgetsFile& budgets, const GeneratedTarget& target) {
  Errors errors;
  const auto add = [&](Location where, std::string message, std::string hint) {
    errors.push_back({ErrorKind::kUsage, std::move(message), std::move(where), std::move(hint)});
  };
  if (!budgets.limits) {
    add(target.location, fmt::format("'{}' is written from limits, and the file has none", target.target),
        "add limits: with plans, or remove the line");
    return errors;
  }
  const RateLimits& limits = *budgets.limits;
  if (limits.key.empty()) {
    add(limits.location, fmt::format("'{}' needs what tells customers apart", target.target),
        "add the key to limits, for example key: $http_x_api_key");
  }
  for (const LimitPlan& plan : limits.plans) {
    if (limits.plans.size() > 1 && limits.plan.empty() && plan.prefixes.empty()) {
      add(plan.location, fmt::format("'{}' cannot know which requests have the plan '{}'", target.target, plan.name),
          "say with what its keys begin (prefix: fr_), or name the variable that holds a request's plan under "
          "limits.plan");
    }
  }
  return errors;
}

std::string plan_summary(const LimitPlan& plan) {
  return fmt::format("{}, burst {}, {}", plan.rate.text, plan.burst,
                     counted(static_cast<std::size_t>(plan.tenants), "customer"));
}

}  // namespace budgetcheck
