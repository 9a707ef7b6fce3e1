#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"
#include "model/sample.h"

namespace budgetcheck {

/// Decides how a value is compared with the base (research: exact for bytes and counts, statistics for the rest).
enum class MetricClass { kBytes, kCount, kTimingQuiet, kTimingNoisy, kCls, kScore, kRate, kPercentile };

enum class Direction { kLowerIsBetter, kHigherIsBetter };

/// One row of rules/metrics.json, or one that a budgets file declares under `metrics:`.
struct Metric {
  std::string id;  ///< may hold one `*` segment: "lighthouse.score.*"
  std::string title;
  std::string description;
  std::string advice;  ///< what to do when a budget on it is broken: a clause in the imperative; may be empty
  Unit unit = Unit::kNone;
  Direction direction = Direction::kLowerIsBetter;
  MetricClass metric_class = MetricClass::kCount;
  Stat stat = Stat::kMedian;        ///< used when a budget names none
  std::vector<std::string> labels;  ///< names that its samples may carry; empty: any (a team's own metric)
  bool exact_limit = false;         ///< of a rate: a limit is compared with what was counted, however few there were
  /// Of a rate: a limit is kept when the trials prove it, and broken when chance does not explain what was counted.
  bool proven_limit = false;
  double floor_absolute = 0;         ///< growth below this is never a regression, in the base unit
  double floor_relative = 0;         ///< growth below this share of the base is never a regression
  std::vector<std::string> aliases;  ///< other ids that mean the same: "lighthouse.largest-contentful-paint"
  std::string example;               ///< a line of `budgets:` in YAML; may be empty
};

/// Exact comparison is possible: no noise.
inline bool is_exact(MetricClass c) { return c == MetricClass::kBytes || c == MetricClass::kCount; }

std::string_view to_string(MetricClass c);
bool parse_metric_class(std::string_view name, MetricClass& c);

/// The metrics that are known: the shipped catalogue, then what the budgets file declares.
class MetricCatalogue {
 public:
  MetricCatalogue() = default;
  explicit MetricCatalogue(std::vector<Metric> metrics) : metrics_(std::move(metrics)) {}

  /// An exact id wins over a `*` row. For a `*` row the returned metric carries the id that was asked for, for an
  /// alias the id that its samples carry.
  std::optional<Metric> find(std::string_view id) const;
  void add(Metric metric) { metrics_.push_back(std::move(metric)); }
  const std::vector<Metric>& all() const { return metrics_; }

 private:
  std::vector<Metric> metrics_;
};

}  // namespace budgetcheck
