#pragma once

#include <optional>
#include <string>

#include "base/location.h"

namespace budgetcheck {

/// One entry of the section `queues`.
struct QueueDeclaration {
  std::string queue;
  std::string tier;                   ///< empty: none
  std::optional<double> concurrency;  ///< jobs at once, over all workers
  std::optional<double> max_depth;    ///< jobs that wait
  std::optional<double> max_wait_ms;
  std::optional<double> max_utilisation;  ///< a share
  Location location;
};

}  // namespace budgetcheck
