#pragma once

#include <string>
#include <string_view>

#include "model/finding.h"
#include "model/telemetry/collector_facts.h"

namespace budgetcheck {

/// One check of a collector's configuration that failed.
struct CollectorFault {
  std::string_view check;  ///< "redaction-missing"
  std::string name;        ///< of the part or pipeline
  Level level = Level::kError;
  std::string message;
  std::string fix;
  Location location;
};

Finding collector_finding(const Rule& rule, const CollectorConfig& config, CollectorFault fault);

/// What samples traces against what is agreed: checks sampling-errors, sampling-slow, sampling-baseline.
void find_sampling_faults(const CollectorConfig& config, std::vector<CollectorFault>& faults);

/// Where a pipeline's data come from and go to.
bool is_connector(const CollectorConfig& config, const std::string& name);

}  // namespace budgetcheck
