#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "budget/catalogue.h"
#include "budget/sections/loading.h"

namespace budgetcheck {
namespace {

std::string prefix_of(std::string_view id) { return std::string(id.substr(0, id.find('.'))); }

/// First words that are the program's own: those of its catalogue, and those of sources to come.
const std::set<std::string>& reserved_prefixes() {
  static const std::set<std::string> kPrefixes = [] {
    std::set<std::string> prefixes{"bundle", "lighthouse", "load", "payload", "queries", "queue", "slo", "trace"};
    for (const Metric& metric : shipped_metrics().all()) {
      prefixes.insert(prefix_of(metric.id));
    }
    return prefixes;
  }();
  return kPrefixes;
}

bool is_metric_id(std::string_view id) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
  return id.find_first_not_of(kAllowed) == std::string_view::npos && id.find('.') != std::string_view::npos &&
         !id.starts_with(".") && !id.ends_with(".") && id.find("..") == std::string_view::npos;
}

/// The unit in which values of this class are held: a rate in "1" is a share, a score in "1" points.
Unit unit_of_class(Unit unit, MetricClass metric_class) {
  const bool bare = unit == Unit::kCount || unit == Unit::kNone;
  if (bare && metric_class == MetricClass::kRate) {
    return Unit::kRatio;
  }
  if (bare && metric_class == MetricClass::kScore) {
    return Unit::kPoints;
  }
  return bare && metric_class == MetricClass::kCls ? Unit::kNone : unit;
}

/// The units that a class can be in; empty: any.
std::vector<Unit> units_of(MetricClass metric_class) {
  switch (metric_class) {
    case MetricClass::kBytes:
      return {Unit::kBytes};
    case MetricClass::kCount:
      return {Unit::kCount, Unit::kNone};
    case MetricClass::kTimingQuiet:
    case MetricClass::kTimingNoisy:
      return {Unit::kMilliseconds};
    case MetricClass::kCls:
      return {Unit::kNone};
    case MetricClass::kScore:
      return {Unit::kPoints, Unit::kRatio};
    case MetricClass::kRate:
      return {Unit::kRatio};
    case MetricClass::kPercentile:
      return {};
  }
  return {};
}

/// Whether `id` can name a metric of the file's own.
bool check_id(Loading& loading, const json::Member& member) {
  const std::string id = printable(member.key);
  if (!is_metric_id(member.key)) {
    loading.error(loading.at(member), fmt::format("'{}' is not a name for a metric", id),
                  "write a prefix of your own, a dot and a name: api.error_rate (letters, digits, '.', '_', '-')");
    return false;
  }
  if (reserved_prefixes().contains(prefix_of(id))) {
    loading.error(loading.at(member), fmt::format("'{}' uses the prefix '{}.', which is reserved", id, prefix_of(id)),
                  fmt::format("choose another prefix; reserved are {}",
                              join({reserved_prefixes().begin(), reserved_prefixes().end()}, ", ")));
    return false;
  }
  return true;
}

/// Sets the unit of `metric`, whose class is known. False after an error.
bool read_unit(Loading& loading, const json::Value& unit, Metric& metric) {
  const Expected<UnitName> named = parse_unit(*unit.string());
  if (!named) {
    loading.error(loading.at(unit), fmt::format("'unit': {}", named.error().message), named.error().hint);
    return false;
  }
  metric.unit = unit_of_class(named->unit, metric.metric_class);
  const std::vector<Unit> fitting = units_of(metric.metric_class);
  if (!fitting.empty() && std::find(fitting.begin(), fitting.end(), metric.unit) == fitting.end()) {
    loading.error(loading.at(unit),
                  fmt::format("'unit' is '{}', which the class '{}' cannot have", printable(*unit.string()),
                              to_string(metric.metric_class)),
                  fmt::format("its unit is {}, or choose another class", unit_symbol(fitting.front())));
    return false;
  }
  return true;
}

/// False when the declaration has an error, its own or one of the schema.
bool load_metric(Loading& loading, const json::Member& member) {
  if (!check_id(loading, member)) {
    return false;
  }
  Metric metric;
  metric.id = member.key;
  metric.title = text_of(member.value, "title");
  metric.direction =
      text_of(member.value, "direction") == "higher" ? Direction::kHigherIsBetter : Direction::kLowerIsBetter;
  const bool has_class = parse_metric_class(text_of(member.value, "class"), metric.metric_class);
  parse_stat(text_of(member.value, "stat"), metric.stat);
  if (!has_class || text_of(member.value, "unit").empty() || !read_unit(loading, *member.value.find("unit"), metric)) {
    return false;
  }
  const ClassDefaults& defaults = class_defaults(metric.metric_class);
  metric.floor_absolute = defaults.unit == metric.unit ? defaults.floor_absolute : 0;
  metric.floor_relative = defaults.floor_relative;
  loading.file.catalogue.add(std::move(metric));
  return true;
}

}  // namespace

bool Loading::is_doubtful_metric(std::string_view id) const {
  return metrics.contains(id) || (unread.contains("metrics") && !reserved_prefixes().contains(prefix_of(id)));
}

void load_metrics(Loading& loading, const json::Value& metrics) {
  for (const json::Member& member : *metrics.object()) {
    if (!load_metric(loading, member)) {
      loading.metrics.names.insert(member.key);
    }
  }
}

}  // namespace budgetcheck
