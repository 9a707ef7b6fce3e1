#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "budget/import/load_terms.h"

// What files of SLOs and rollouts call the numbers of a service, and which number of a load test is nearest.

namespace budgetcheck {

enum class SloNumber { kNone, kDuration, kErrors, kSuccess, kThroughput };

/// What is measured by a name ("response_time_p95", "request-success-rate") or a query.
struct SloMetric {
  SloNumber number = SloNumber::kNone;
  std::string stat;         ///< of a duration; empty: the name does not say
  double unit_ms = 0;       ///< of a duration, as the name or query says: "seconds"; 0: it does not
  bool is_percent = false;  ///< of a share: 99, and not 0.99
};
SloMetric slo_metric(std::string_view name, std::string_view query = {});

/// Writes the metric, the stat and the limit. The answer says why there is none; empty: there is one. Where nothing
/// says whether a share is a percentage, the limit's size decides, and a note says so.
std::string fill_slo_budget(DraftBudget& budget, const SloMetric& metric, bool is_at_most, double limit,
                            std::vector<std::string>& notes);

}  // namespace budgetcheck
