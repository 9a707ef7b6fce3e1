#include "model/metric.h"

#include <algorithm>
#include <array>

#include "base/glob.h"

namespace budgetcheck {
namespace {

struct ClassRow {
  MetricClass metric_class;
  std::string_view name;
};

constexpr std::array<ClassRow, 8> kClasses{{{MetricClass::kBytes, "bytes"},
                                            {MetricClass::kCount, "count"},
                                            {MetricClass::kTimingQuiet, "timing-quiet"},
                                            {MetricClass::kTimingNoisy, "timing-noisy"},
                                            {MetricClass::kCls, "cls"},
                                            {MetricClass::kScore, "score"},
                                            {MetricClass::kRate, "rate"},
                                            {MetricClass::kPercentile, "percentile"}}};

}  // namespace

std::string_view to_string(MetricClass c) {
  return std::find_if(kClasses.begin(), kClasses.end(), [&](const ClassRow& row) { return row.metric_class == c; })
      ->name;
}

bool parse_metric_class(std::string_view name, MetricClass& c) {
  const auto* found =
      std::find_if(kClasses.begin(), kClasses.end(), [&](const ClassRow& row) { return row.name == name; });
  if (found == kClasses.end()) {
    return false;
  }
  c = found->metric_class;
  return true;
}

std::optional<Metric> MetricCatalogue::find(std::string_view id) const {
  const Metric* best = nullptr;
  for (const Metric& metric : metrics_) {
    if (metric.id == id) {
      return metric;
    }
    if (std::find(metric.aliases.begin(), metric.aliases.end(), id) != metric.aliases.end()) {
      return metric;
    }
    const bool wild = metric.id.find('*') != std::string::npos && label_glob_matches(metric.id, id);
    if (wild && (best == nullptr || literal_length(metric.id) > literal_length(best->id))) {
      best = &metric;
    }
  }
  if (best == nullptr) {
    return std::nullopt;
  }
  Metric found = *best;
  found.id = id;
  return found;
}

}  // namespace budgetcheck
