#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "budget/catalogue.h"

namespace budgetcheck {

/// What rules/metrics.json holds.
struct MetricData {
  std::vector<ClassDefaults> classes;
  std::vector<Metric> metrics;
  std::set<std::string, std::less<>> of_one_stat;  ///< ids whose values are published as their stat, and nothing else
};

/// Reads the shipped catalogue; anything wrong with it is a bug (InternalError with the place).
MetricData read_metrics(const std::string& path, std::string_view bytes);

/// Whether a metric of the shipped catalogue has no other statistic than its own: field data comes as the 75th
/// percentile alone, and a budget on another one would be judged by a number that it is not.
bool has_one_stat(std::string_view metric_id);

}  // namespace budgetcheck
