#include "generate/limits/nginx_limits.h"

#include <fmt/format.h>

#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "generate/generator.h"
#include "generate/limits/plan_words.h"

namespace budgetcheck {
namespace {

constexpr double kMinute = 60;

std::optional<std::uint64_t> whole(double value) {
  const double nearest = std::round(value);
  const bool is_whole = nearest >= 1 && std::fabs(value - nearest) <= 1e-9 * nearest;
  return is_whole ? std::optional(static_cast<std::uint64_t>(nearest)) : std::nullopt;
}

/// nginx keeps a state of 128 bytes for a key of up to some 50 characters, of 256 for longer ones.
std::uint64_t zone_megabytes(const LimitPlan& plan) {
  constexpr std::uint64_t kState = 256;
  constexpr std::uint64_t kMegabyte = 1024 * 1024;
  return std::max<std::uint64_t>((plan.tenants * kState + kMegabyte - 1) / kMegabyte, 1);
}

/// A prefix has letters, digits and _ . : / + = -, of which the point and the plus mean something in a pattern.
std::string pattern_of(const std::string& prefix) {
  return "~^" + replace_all(replace_all(prefix, ".", "\\."), "+", "\\+");
}

/// What is limited by the plan's zone: a variable that is empty for requests of other plans.
std::string limited(const RateLimits& limits, const LimitPlan& plan, std::string& text) {
  if (plan.prefixes.empty() && limits.plan.empty()) {
    return limits.key;
  }
  const std::string variable = "$" + nginx_name(plan);
  text += fmt::format("map {} {} {{\n    default \"\";\n", limits.plan.empty() ? limits.key : limits.plan, variable);
  if (!limits.plan.empty()) {
    text += fmt::format("    \"~^{}$\" {};\n", plan.name, limits.key);
  }
  for (const std::string& prefix : plan.prefixes) {
    text += fmt::format("    \"{}\" {};\n", pattern_of(prefix), limits.key);
  }
  text += "}\n";
  return variable;
}

Error no_such_rate(const LimitPlan& plan) {
  const double a_minute = plan.rate.per_second() * kMinute;
  const auto below = static_cast<std::uint64_t>(std::floor(a_minute));
  const std::string lower = below == 0 ? "" : fmt::format("{}/m or ", below);
  return {ErrorKind::kUsage,
          fmt::format("nginx takes whole numbers in a second or a minute, and the rate of '{}' is {}", plan.name,
                      plan.rate.text),
          plan.location, fmt::format("write {}{}/m", lower, below + 1)};
}

}  // namespace

std::optional<std::string> nginx_rate(const RequestRate& rate) {
  const std::optional<std::uint64_t> a_second = whole(rate.per_second());
  const std::optional<std::uint64_t> a_minute = whole(rate.per_second() * kMinute);
  if (rate.seconds == 1 && a_second) {
    return fmt::format("{}r/s", *a_second);
  }
  return a_minute ? std::optional(fmt::format("{}r/m", *a_minute)) : std::nullopt;
}

std::string nginx_name(const LimitPlan& plan) { return "limit_" + lower(replace_all(plan.name, "-", "_")); }

ExpectedAll<std::string> nginx_limits(const BudgetsFile& budgets, const GeneratedTarget& target) {
  Errors errors = missing_for_limits(budgets, target);
  std::string zones;
  std::string uses;
  for (const LimitPlan& plan : budgets.limits ? budgets.limits->plans : std::vector<LimitPlan>()) {
    const std::optional<std::string> rate = nginx_rate(plan.rate);
    if (!rate) {
      errors.push_back(no_such_rate(plan));
      continue;
    }
    zones += fmt::format("\n# {}: {}\n", plan.name, plan_summary(plan));
    const std::string variable = limited(*budgets.limits, plan, zones);
    zones += fmt::format("limit_req_zone {} zone={}:{}m rate={};\n", variable, nginx_name(plan), zone_megabytes(plan),
                         *rate);
    uses += plan.burst == 0 ? fmt::format("limit_req zone={};\n", nginx_name(plan))
                            : fmt::format("limit_req zone={} burst={} nodelay;\n", nginx_name(plan), plan.burst);
  }
  if (!errors.empty()) {
    return tl::unexpected(std::move(errors));
  }
  return fmt::format(
      "# {} nginx-limits from limits in {}.\n"
      "# Do not edit it: change that file and run budgetcheck generate. budgetcheck check compares the two.\n"
      "# For http {{ }}: it holds in all servers and locations that have no limit_req of their own.\n"
      "# A request without {}{} is not limited.\n"
      "{}\nlimit_req_status 429;\n{}",
      kGeneratedMark, file_name_of(budgets), budgets.limits->key,
      budgets.limits->plans.size() > 1 || !budgets.limits->plan.empty() || !budgets.limits->plans[0].prefixes.empty()
          ? ", or of no plan,"
          : "",
      zones, uses);
}

}  // namespace budgetcheck
