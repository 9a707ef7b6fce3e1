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

/// What holds for every metric of a class, unless its row says otherwise.
struct ClassDefaults {
  MetricClass metric_class = MetricClass::kCount;
  std::string compared;  ///< how a value is compared with the base: one sentence
  Unit unit = Unit::kNone;
  double floor_absolute = 0;  ///< in `unit`; says nothing about a metric of another unit
  double floor_relative = 0;
};
const ClassDefaults& class_defaults(MetricClass metric_class);

/// Reads one rule file, shipped or a team's own, from bytes that a NUL follows. `path` is for messages. All errors
/// at once, each with its place: syntax, unknown keys (with the nearest known one), missing texts, a pattern that
/// RE2 refuses, a metric that `catalogue` does not know (UNKNOWN_METRIC), quantities in the wrong unit. A coded rule
/// needs its detector: that a team's own is none is for the caller to check.
ExpectedAll<Rule> read_rule(const std::string& path, std::string_view bytes,
                            const MetricCatalogue& catalogue = shipped_metrics());

}  // namespace budgetcheck
