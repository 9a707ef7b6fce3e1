#include "budget/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/embedded.h"
#include "budget/read_metrics.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kMetricsFile = "metrics.json";

const MetricData& metric_data() {
  static const MetricData kData = [] {
    const auto& files = embedded_rules();
    const auto file =
        std::find_if(files.begin(), files.end(), [](const EmbeddedFile& f) { return f.name == kMetricsFile; });
    if (file == files.end()) {
      throw InternalError("rules/metrics.json is not embedded");
    }
    return read_metrics("rules/metrics.json", file->bytes);
  }();
  return kData;
}

}  // namespace

const MetricCatalogue& shipped_metrics() {
  static const MetricCatalogue kCatalogue(metric_data().metrics);
  return kCatalogue;
}

bool has_one_stat(std::string_view metric_id) { return metric_data().of_one_stat.contains(metric_id); }

const ClassDefaults& class_defaults(MetricClass metric_class) {
  const auto& classes = metric_data().classes;
  const auto found = std::find_if(classes.begin(), classes.end(),
                                  [&](const ClassDefaults& c) { return c.metric_class == metric_class; });
  if (found == classes.end()) {
    throw InternalError("rules/metrics.json has no class " + std::string(to_string(metric_class)));
  }
  return *found;
}

const RuleSet& shipped_rules() {
  static const RuleSet kRules = [] {
    std::vector<Rule> rules;
    for (const EmbeddedFile& file : embedded_rules()) {
      if (file.name == kMetricsFile) {
        continue;
      }
      ExpectedAll<Rule> rule = read_rule("rules/" + std::string(file.name), file.bytes);
      if (!rule) {
        throw InternalError(to_string(rule.error().front()));
      }
      if (rule->id + ".json" != file.name) {
        throw InternalError(fmt::format("rules/{} has the rule '{}'", file.name, rule->id));
      }
      rules.push_back(std::move(*rule));
    }
    std::sort(rules.begin(), rules.end(), [](const Rule& a, const Rule& b) { return a.id < b.id; });
    return RuleSet(std::move(rules));
  }();
  return kRules;
}

}  // namespace budgetcheck
