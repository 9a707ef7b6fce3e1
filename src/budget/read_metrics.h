#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "budget/catalogue.h"

namespace budgetcheck {

/// What rules/metrics.json holds.
struct MetricData {
  std::vector<ClassDefaults> classes;
  std::vector<Metric> metrics;
};

/// Reads the shipped catalogue; anything wrong with it is a bug (InternalError with the place).
MetricData read_metrics(const std::string& path, std::string_view bytes);

}  // namespace budgetcheck
