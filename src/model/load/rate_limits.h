#pragma once

#include <string>
#include <vector>

#include "base/location.h"

namespace budgetcheck {

/// What a customer of one tier may ask for.
struct RatePlan {
  std::string name;
  double rate = 0;     ///< requests a second
  double burst = 0;    ///< requests beyond it at once
  double tenants = 0;  ///< customers on it
  double active = 0;   ///< share of them that is busy at the peak
  Location location;
};

/// The section `limits`: the plans, and the load budget whose run proves what they may add up to.
struct RateLimits {
  std::string budget;   ///< id of the load budget
  double headroom = 0;  ///< share of the capacity that stays free
  double instances = 1;
  bool per_instance = false;  ///< each instance lets through the whole of a plan
  std::string key;            ///< what a customer is known by: "$http_x_api_key"
  std::vector<RatePlan> plans;
  Location location;
};

}  // namespace budgetcheck
