#pragma once

#include <string>

#include "base/location.h"

namespace budgetcheck {

/// Who answers for a part of the platform, as the section `tiers` says: queues and services name one.
struct Tier {
  std::string name;
  std::string owner;
  std::string page;    ///< receiver of what wakes somebody up; empty: none
  std::string notify;  ///< receiver of the rest
  std::string runbooks;
  Location location;
};

}  // namespace budgetcheck
