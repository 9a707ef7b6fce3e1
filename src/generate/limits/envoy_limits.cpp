#include "generate/limits/envoy_limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "base/number.h"
#include "base/text.h"
#include "generate/generator.h"
#include "generate/limits/plan_words.h"
#include "json/writer.h"

namespace budgetcheck {
namespace {

using json::Writer;

constexpr std::uint64_t kFastestFill = 50;  ///< ms
constexpr std::string_view kKey = "key";
constexpr std::string_view kPlan = "plan";

/// "x-api-key" of "$http_x_api_key"; nothing when it is no header.
std::optional<std::string> header_of(const std::string& variable) {
  constexpr std::string_view kHeader = "$http_";
  if (!variable.starts_with(kHeader) || variable.size() == kHeader.size()) {
    return std::nullopt;
  }
  return lower(replace_all(variable.substr(kHeader.size()), "_", "-"));
}

bool is_address(const std::string& key) { return key == "$remote_addr" || key == "$binary_remote_addr"; }

std::string seconds(std::uint64_t ms) { return format_number(static_cast<double>(ms) / 1000) + "s"; }

void write_bucket(Writer& out, const TokenBucket& bucket) {
  out.key("token_bucket").begin_object();
  out.member("fill_interval", seconds(bucket.fill_ms).c_str());
  out.member("max_tokens", bucket.max_tokens);
  out.member("tokens_per_fill", bucket.tokens_per_fill);
  out.end_object();
}

/// Always: both are off where nothing is said.
void write_always(Writer& out, std::string_view name, std::string_view runtime_key) {
  out.key(name).begin_object();
  out.key("default_value").begin_object().member("denominator", "HUNDRED").member("numerator", 100).end_object();
  out.member("runtime_key", runtime_key);
  out.end_object();
}

/// One plan's limit: a bucket for each value of the key.
void write_descriptor(Writer& out, const RateLimits& limits, const LimitPlan& plan) {
  out.begin_object();
  out.key("entries").begin_array();
  out.begin_object().member("key", kPlan).member("value", plan.name).end_object();
  out.begin_object().member("key", is_address(limits.key) ? "remote_address" : kKey).end_object();
  out.end_array();
  write_bucket(out, token_bucket(plan));
  out.end_object();
}

void write_match(Writer& out, const RateLimits& limits, const LimitPlan& plan, const std::string& prefix) {
  out.begin_object().key("header_value_match").begin_object();
  out.member("descriptor_key", kPlan).member("descriptor_value", plan.name);
  out.key("headers").begin_array().begin_object();
  out.member("name", header_of(limits.plan.empty() ? limits.key : limits.plan).value_or("").c_str());
  out.key("string_match").begin_object();
  out.member(limits.plan.empty() ? "prefix" : "exact", limits.plan.empty() ? prefix : plan.name);
  out.end_object();
  out.end_object().end_array();
  out.end_object().end_object();
}

/// How a request gets the descriptor: without its header it gets none, and is not limited.
void write_actions(Writer& out, const RateLimits& limits, const LimitPlan& plan) {
  const std::vector<std::string> prefixes = plan.prefixes.empty() ? std::vector<std::string>{""} : plan.prefixes;
  for (const std::string& prefix : prefixes) {
    out.begin_object().key("actions").begin_array();
    if (prefix.empty() && limits.plan.empty()) {
      out.begin_object().key("generic_key").begin_object();
      out.member("descriptor_key", kPlan).member("descriptor_value", plan.name);
      out.end_object().end_object();
    } else {
      write_match(out, limits, plan, prefix);
    }
    out.begin_object();
    if (is_address(limits.key)) {
      out.key("remote_address").begin_object().end_object();
    } else {
      out.key("request_headers").begin_object();
      out.member("descriptor_key", kKey).member("header_name", header_of(limits.key).value_or("").c_str());
      out.end_object();
    }
    out.end_object();
    out.end_array().end_object();
  }
}

Errors problems(const BudgetsFile& budgets, const GeneratedTarget& target) {
  Errors errors = missing_for_limits(budgets, target);
  if (!budgets.limits) {
    return errors;
  }
  const RateLimits& limits = *budgets.limits;
  const auto add = [&](std::string message, std::string hint) {
    errors.push_back({ErrorKind::kUsage, std::move(message), limits.location, std::move(hint)});
  };
  if (!limits.key.empty() && !header_of(limits.key) && !is_address(limits.key)) {
    add(fmt::format("Envoy cannot limit by '{}'", limits.key),
        "it takes a header ($http_x_api_key) or the address ($remote_addr)");
  }
  if (is_address(limits.key) && limits.plan.empty() &&
      std::any_of(limits.plans.begin(), limits.plans.end(),
                  [](const LimitPlan& plan) { return !plan.prefixes.empty(); })) {
    add("Envoy cannot tell a plan from how an address begins",
        "name the header that holds a request's plan under limits.plan");
  }
  if (!limits.plan.empty() && !header_of(limits.plan)) {
    add(fmt::format("Envoy cannot read the plan from '{}'", limits.plan), "it takes a header: $http_x_plan");
  }
  if (limits.capacity && limits.capacity->instances > 1 && !limits.capacity->per_instance) {
    errors.push_back({ErrorKind::kUsage,
                      fmt::format("Envoy counts on each instance, so {} of them let through {} times as much as the "
                                  "plans say",
                                  limits.capacity->instances, limits.capacity->instances),
                      limits.capacity->location, "write rates and bursts of one instance, and per_instance: true"});
  }
  return errors;
}

}  // namespace

TokenBucket token_bucket(const LimitPlan& plan) {
  // Tokens come one by one where that is not too fast; a fill is a whole number of milliseconds.
  constexpr double kDay = 24.0 * 3600 * 1000;
  TokenBucket bucket;
  const double ms_a_token = 1000 / plan.rate.per_second();
  std::uint64_t tokens = 1;
  constexpr std::uint64_t kMostTokens = 1'000'000;
  for (; tokens < kMostTokens; ++tokens) {
    const double ms = ms_a_token * static_cast<double>(tokens);
    const bool is_whole = std::fabs(ms - std::round(ms)) <= 1e-6;
    if (ms >= static_cast<double>(kFastestFill) && (is_whole || ms > 1000)) {
      break;
    }
  }
  bucket.tokens_per_fill = tokens;
  bucket.fill_ms = static_cast<std::uint64_t>(std::min(std::round(ms_a_token * static_cast<double>(tokens)), kDay));
  // nginx lets the burst and one request through at once.
  bucket.max_tokens = std::max(plan.burst + 1, tokens);
  return bucket;
}

ExpectedAll<std::string> envoy_limits(const BudgetsFile& budgets, const GeneratedTarget& target) {
  if (Errors errors = problems(budgets, target); !errors.empty()) {
    return tl::unexpected(std::move(errors));
  }
  const RateLimits& limits = *budgets.limits;
  std::uint64_t customers = 0;
  for (const LimitPlan& plan : limits.plans) {
    customers = saturating_add(customers, plan.tenants);
  }
  constexpr std::uint64_t kMost = UINT32_MAX;
  Writer out(Writer::Style::kPretty);
  out.begin_object();
  out.member("name", "envoy.filters.http.local_ratelimit");
  out.key("typed_config").begin_object();
  out.member("@type", "type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit");
  out.member("always_consume_default_token_bucket", false);
  out.key("descriptors").begin_array();
  for (const LimitPlan& plan : limits.plans) {
    write_descriptor(out, limits, plan);
  }
  out.end_array();
  write_always(out, "filter_enabled", "local_rate_limit_enabled");
  write_always(out, "filter_enforced", "local_rate_limit_enforced");
  // Room for all customers: the bucket of one that is forgotten is full again.
  out.member("max_dynamic_descriptors", std::min(customers, kMost));
  out.key("rate_limits").begin_array();
  for (const LimitPlan& plan : limits.plans) {
    write_actions(out, limits, plan);
  }
  out.end_array();
  out.member("stat_prefix", "plan_limits");
  out.key("status").begin_object().member("code", "TooManyRequests").end_object();
  // Requests of no plan: as good as no limit.
  write_bucket(out, {kMost, kMost, 1000});
  out.end_object().end_object();
  return fmt::format(
      "# {} envoy-limits from limits in {}.\n"
      "# Do not edit it: change that file and run budgetcheck generate. budgetcheck check compares the two.\n"
      "# An entry of http_filters, before the router. JSON is YAML. It needs an Envoy newer than 1.32, which makes a\n"
      "# bucket for each customer (max_dynamic_descriptors). Each Envoy counts for itself.\n{}",
      kGeneratedMark, file_name_of(budgets), out.take());
}

}  // namespace budgetcheck
