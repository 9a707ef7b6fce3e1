#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/number.h"
#include "base/text.h"
#include "budget/sections/loading.h"
#include "json/schema/schema.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxPlans = 100;

std::uint64_t whole_of(const json::Value& object, std::string_view key, std::uint64_t missing) {
  const json::Value* value = object.find(key);
  const double* number = value == nullptr ? nullptr : value->number();
  const bool fits = number != nullptr && *number >= 0 && *number <= 1e9 && std::floor(*number) == *number;
  return fits ? static_cast<std::uint64_t>(*number) : missing;
}

/// A text, or the texts of a list.
std::vector<const json::Value*> texts_in(const json::Value* value) {
  std::vector<const json::Value*> texts;
  if (value == nullptr) {
    return texts;
  }
  if (value->is_string()) {
    texts.push_back(value);
  }
  if (const json::Array* list = value->array()) {
    for (const json::Value& one : *list) {
      if (one.is_string()) {
        texts.push_back(&one);
      }
    }
  }
  return texts;
}

/// "90/m", which the schema has accepted; nothing when it has not.
std::optional<RequestRate> rate_in(const std::string& text) {
  const LeadingNumber number = leading_number(text);
  if (number.end == nullptr) {
    return std::nullopt;
  }
  std::string_view unit = trim(std::string_view(text).substr(static_cast<std::size_t>(number.end - text.data())));
  if (!unit.starts_with('/')) {
    return std::nullopt;
  }
  unit = trim(unit.substr(1));
  constexpr std::uint32_t kMinute = 60;
  constexpr std::uint32_t kHour = 3600;
  const std::uint32_t seconds = unit == "s" ? 1 : unit == "m" ? kMinute : unit == "h" ? kHour : 0;
  if (seconds == 0) {
    return std::nullopt;
  }
  return RequestRate{number.value, seconds, fmt::format("{}/{}", format_number(number.value), unit)};
}

class LimitsLoader {
 public:
  explicit LimitsLoader(Loading& loading) : loading_(loading) {}

  void load(const json::Value& value) {
    out_.location = loading_.at(value);
    out_.key = text_of(value, "key");
    out_.plan = text_of(value, "plan");
    if (const json::Value* plans = value.find("plans"); plans != nullptr && plans->is_object()) {
      load_plans(*plans);
    }
    if (const json::Value* capacity = value.find("capacity"); capacity != nullptr && capacity->is_object()) {
      load_capacity(*capacity);
    }
    check_prefixes(value);
    const json::Value* nginx = value.find("nginx");
    for (const json::Value* one : texts_in(nginx)) {
      if (!one->string()->empty()) {
        out_.nginx.push_back(*one->string());
      }
    }
    out_.nginx_location = nginx == nullptr ? out_.location : loading_.at(*nginx);
    loading_.file.limits = std::move(out_);
  }

 private:
  void load_plans(const json::Value& plans) {
    std::map<std::string, std::string> names;
    for (const json::Member& member : *plans.object()) {
      if (out_.plans.size() >= kMaxPlans) {
        loading_.error(loading_.at(member), fmt::format("there are more than {} plans", kMaxPlans),
                       "merge some of them");
        return;
      }
      if (member.value.is_object() && !loading_.faults.at(member)) {
        const std::string plain = lower(replace_all(member.key, "-", "_"));
        const auto [first, is_new] = names.emplace(plain, member.key);
        if (!is_new) {
          loading_.error(loading_.at(member),
                         fmt::format("the plans '{}' and '{}' have one name in nginx", first->second, member.key),
                         "nginx knows neither '-' nor capital letters in names of variables: rename one");
        }
        load_plan(member);
      }
    }
    if (plans.object()->empty()) {
      loading_.error(loading_.at(plans), "'plans' names none",
                     "add one: free: { rate: 5/s, burst: 10, tenants: 1000 }");
    }
  }

  void load_plan(const json::Member& member) {
    const json::Value& value = member.value;
    LimitPlan plan;
    plan.name = member.key;
    plan.location = loading_.at(member);
    if (const json::Value* rate = value.find("rate"); rate != nullptr && rate->is_string()) {
      plan.rate = rate_in(*rate->string()).value_or(RequestRate());
      if (plan.rate.requests <= 0 && loading_.is_certain(value, {"rate"})) {
        loading_.error(loading_.at(*rate), fmt::format("the rate of '{}' is 0, so it lets nothing through", plan.name),
                       "write the rate that customers pay for, or remove the plan");
      } else if (plan.rate.per_second() > 1e6) {
        loading_.error(loading_.at(*rate), fmt::format("the rate of '{}' is above 1000000/s", plan.name),
                       "write what one customer may send");
      }
    }
    plan.burst = whole_of(value, "burst", 0);
    plan.tenants = whole_of(value, "tenants", 0);
    plan.active = share_of(loading_, value, "active").value_or(1);
    if (plan.active <= 0) {
      loading_.error(loading_.at(*value.find("active")),
                     fmt::format("no customer of '{}' is active, so the plan would cost nothing", plan.name),
                     "write the share that sends as much as it may at the peak: 2%");
    }
    for (const json::Value* one : texts_in(value.find("prefix"))) {
      plan.prefixes.push_back(*one->string());
    }
    out_.plans.push_back(std::move(plan));
  }

  void load_capacity(const json::Value& value) {
    LimitCapacity capacity;
    capacity.location = loading_.at(value);
    capacity.budget = text_of(value, "budget");
    capacity.headroom = share_of(loading_, value, "headroom").value_or(0);
    if (capacity.headroom >= 1) {
      loading_.error(loading_.at(*value.find("headroom")), "'headroom' is 100%, which leaves nothing for the plans",
                     "write the share that stays free at the peak: 30%");
    }
    capacity.instances = std::max<std::uint64_t>(whole_of(value, "instances", 1), 1);
    const json::Value* per_instance = value.find("per_instance");
    const bool* each = per_instance == nullptr ? nullptr : per_instance->boolean();
    capacity.per_instance = each != nullptr && *each;
    if (capacity.per_instance && value.find("instances") == nullptr && loading_.is_certain(value, {"instances"})) {
      loading_.error(loading_.at(*per_instance), "'per_instance' needs the number of instances",
                     "add instances: to it, as many as run at the peak");
    }
    if (!capacity.budget.empty()) {
      check_budget(*value.find("budget"), capacity.budget);
    }
    out_.capacity = std::move(capacity);
  }

  void check_budget(const json::Value& at, const std::string& id) {
    const std::vector<Budget>& budgets = loading_.file.budgets;
    const auto found = std::find_if(budgets.begin(), budgets.end(), [&](const Budget& one) { return one.id == id; });
    if (found == budgets.end()) {
      if (loading_.budgets.contains(id) || loading_.derived_ids_are_doubtful || loading_.unread.contains("budgets")) {
        loading_.passed_over = true;
        return;
      }
      std::vector<std::string> ids;
      for (const Budget& one : budgets) {
        ids.push_back(one.id);
      }
      std::string hint = json::did_you_mean(id, ids);
      loading_.error(loading_.at(at), fmt::format("no budget has the id '{}'", printable(id)),
                     hint.empty() ? "name the budget on load.duration of the load test that proves the capacity"
                                  : std::move(hint));
    } else if (!found->metric_id.starts_with("load.")) {
      loading_.error(loading_.at(at),
                     fmt::format("the budget '{}' is on '{}', and only a load test proves a capacity", printable(id),
                                 printable(found->metric_id)),
                     "name a budget on load.duration");
    } else if (found->metric && found->max_increase && !found->min && !found->max) {
      loading_.error(
          loading_.at(at),
          fmt::format("the budget '{}' limits growth only, so it is kept by a service of any speed", printable(id)),
          "add 'max' to it, or name another budget");
    }
  }

  /// A key that begins with the prefixes of two plans would have two limits.
  void check_prefixes(const json::Value& value) {
    const json::Value* plans = value.find("plans");
    for (std::size_t a = 0; a < out_.plans.size() && plans != nullptr; ++a) {
      const LimitPlan& plan = out_.plans[a];
      if (!plan.prefixes.empty() && !out_.plan.empty()) {
        loading_.error(loading_.at(*plans->find(plan.name)->find("prefix")),
                       fmt::format("'{}' has a prefix, but 'plan' says which plan a request has", plan.name),
                       "remove one of the two");
        continue;
      }
      for (std::size_t b = 0; b < a; ++b) {
        for (const std::string& one : plan.prefixes) {
          for (const std::string& other : out_.plans[b].prefixes) {
            if (one.starts_with(other) || other.starts_with(one)) {
              loading_.error(loading_.at(*plans->find(plan.name)->find("prefix")),
                             fmt::format("keys that begin with '{}' belong to '{}' and to '{}'",
                                         one.size() > other.size() ? one : other, out_.plans[b].name, plan.name),
                             "choose prefixes of which none begins with another");
            }
          }
        }
      }
    }
  }

  Loading& loading_;
  RateLimits out_;
};

}  // namespace

void load_limits(Loading& loading, const json::Value& limits) { LimitsLoader(loading).load(limits); }

}  // namespace budgetcheck
