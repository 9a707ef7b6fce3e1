#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/location.h"

namespace budgetcheck {

/// "90/m": so many requests in so many seconds.
struct RequestRate {
  double requests = 0;
  std::uint32_t seconds = 1;  ///< 1, 60 or 3600
  std::string text;           ///< as written: "90/m"

  double per_second() const { return requests / seconds; }
};

/// What a customer of one plan may send.
struct LimitPlan {
  std::string name;  ///< letters, digits, '-' and '_'
  RequestRate rate;
  std::uint64_t burst = 0;  ///< requests that may come at once beyond the rate
  std::uint64_t tenants = 0;
  double active = 1;                  ///< the share of the tenants that send at their limit at the peak
  std::vector<std::string> prefixes;  ///< with which keys of this plan begin; empty: keys do not tell
  Location location;                  ///< of its key
};

/// What proves how much the service can serve.
struct LimitCapacity {
  std::string budget;   ///< the id of a budget on load.*
  double headroom = 0;  ///< the share of the capacity that stays free: 0 to below 1
  std::uint64_t instances = 1;
  bool per_instance = false;  ///< rates and bursts hold on each instance
  Location location;

  /// What rates and bursts are multiplied with.
  double multiplier() const { return per_instance ? static_cast<double>(instances) : 1.0; }
};

/// The section `limits` of the budgets file: rate limits by plan.
struct RateLimits {
  std::optional<LimitCapacity> capacity;  ///< nothing: not said, so that plans are not compared with it
  std::vector<LimitPlan> plans;           ///< in the order of the file
  std::string key;                        ///< nginx' variable that tells tenants apart: "$http_x_api_key"; may be empty
  std::string plan;                       ///< nginx' variable that holds the plan's name; empty: prefixes tell it
  std::vector<std::string> nginx;         ///< globs of written configurations that are compared with the plans
  Location location;
  Location nginx_location;

  const LimitPlan* find(const std::string& name) const {
    for (const LimitPlan& one : plans) {
      if (one.name == name) {
        return &one;
      }
    }
    return nullptr;
  }
};

}  // namespace budgetcheck
