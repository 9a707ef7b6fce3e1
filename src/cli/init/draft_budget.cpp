#include "cli/init/draft_budget.h"

#include <algorithm>
#include <cmath>

#include "base/glob.h"
#include "base/number.h"
#include "base/units.h"
#include "cli/init/init_limits.h"
#include "model/reading_order.h"

namespace budgetcheck {
namespace {

/// A share, as a percentage: what counts below the floor of its class is no growth.
std::string rate_above(const Metric& metric, double value) {
  constexpr double kRoom = 1.1;
  constexpr double kPercent = 100;
  constexpr int kDigits = 4;
  const double limit = readable_above(std::max(value * kRoom, value + metric.floor_absolute));
  return format_rounded(std::min(limit, 1.0) * kPercent, kDigits) + "%";
}

/// Above the value at least by as much as init leaves.
std::string text_above(const Metric& metric, double value, const Runs& runs) {
  if (metric.unit == Unit::kRatio) {
    return rate_above(metric, value);
  }
  std::string text = limit_text(limit_for(metric, value, runs), metric.unit);
  const Expected<double> read = parse_quantity(text, metric.unit);
  // Small counts that are no whole numbers (a share, a shift) lose their digits.
  return read && *read >= value ? text : limit_text(readable_above(value), metric.unit);
}

/// Below the value: by what init leaves for scores, by a tenth for everything else.
std::string text_below(const Metric& metric, double value, const Runs& runs) {
  if (metric.metric_class == MetricClass::kScore) {
    return limit_text(limit_for(metric, value, runs), metric.unit);
  }
  constexpr double kRoom = 0.9;
  const double limit = std::max(value, 0.0) * kRoom;
  const double step = limit > 0 ? std::pow(10, std::floor(std::log10(limit)) - 1) : 1;
  return limit_text(std::floor(limit / step) * step, metric.unit);
}

}  // namespace

DraftBudget draft_budget(const Metric& metric, const Labels& where, double value, const Runs& runs,
                         std::string& why_not) {
  DraftBudget budget;
  budget.metric = metric.id;
  for (const auto& [name, text] : in_reading_order(where)) {
    budget.where.emplace_back(name, escaped_glob(text));
  }
  const bool is_low = metric.direction == Direction::kLowerIsBetter;
  std::string text;
  if (std::isfinite(value)) {
    text = is_low ? text_above(metric, value, runs) : text_below(metric, value, runs);
  }
  const Expected<double> read = parse_quantity(text, metric.unit);
  if (!read || (is_low ? *read < value : *read > value)) {
    why_not = "no limit can be written for this value";
    return budget;
  }
  constexpr double kLeastScore = 2;  // 1 and less would be taken for a share
  if (metric.unit == Unit::kPoints && *read < kLeastScore) {
    why_not = "the score is so low that no limit below it says anything";
    return budget;
  }
  (is_low ? budget.max : budget.min) = std::move(text);
  return budget;
}

}  // namespace budgetcheck
