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

/// The open row of a whole family ("lighthouse.*") takes one word only: under it a misspelt group such as
/// "lighthouse.scroe.seo" would pass as an audit. Rows with a longer prefix take the rest, points and all: user
/// timings have such names.
bool row_matches(std::string_view row, std::string_view id) {
  const bool of_family = row.ends_with(".*") && row.find('.') + 2 == row.size();
  return label_glob_matches(row, id) && !(of_family && id.find('.', row.size() - 1) != std::string_view::npos);
}

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
    const bool wild = metric.id.find('*') != std::string::npos && row_matches(metric.id, id);
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
