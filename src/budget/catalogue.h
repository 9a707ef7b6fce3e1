#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "model/metric.h"
#include "model/rule.h"

namespace budgetcheck {

/// rules/metrics.json, embedded at build time. A malformed file is a bug (InternalError).
const MetricCatalogue& shipped_metrics();
/// The other files of rules/, by id.
const RuleSet& shipped_rules();

/// Reads one rule file, shipped or a team's own. `path` is for messages.
ExpectedAll<Rule> read_rule(const std::string& path, std::string_view bytes);

}  // namespace budgetcheck
