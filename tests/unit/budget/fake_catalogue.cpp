// Stands in for src/budget/catalogue.cpp where that is not there yet: delete this file with its arrival.
#include "budget/catalogue.h"
#include "json/document.h"

namespace budgetcheck {
namespace {

Metric metric(std::string id, Unit unit, MetricClass metric_class, Stat stat, std::vector<std::string> labels) {
  Metric m;
  m.id = std::move(id);
  m.unit = unit;
  m.metric_class = metric_class;
  m.stat = stat;
  m.labels = std::move(labels);
  return m;
}

}  // namespace

const MetricCatalogue& shipped_metrics() {
  static const MetricCatalogue kMetrics = [] {
    const std::vector<std::string> page{"page", "device", "mode"};
    const std::vector<std::string> bundle{"app", "entry", "route", "asset", "type", "initial", "package"};
    MetricCatalogue all;
    all.add(metric("lighthouse.lcp", Unit::kMilliseconds, MetricClass::kTimingNoisy, Stat::kMedian, page));
    all.add(metric("lighthouse.tbt", Unit::kMilliseconds, MetricClass::kTimingNoisy, Stat::kMedian, page));
    Metric score = metric("lighthouse.score.*", Unit::kPoints, MetricClass::kScore, Stat::kMedian, page);
    score.direction = Direction::kHigherIsBetter;
    all.add(std::move(score));
    all.add(metric("bundle.raw", Unit::kBytes, MetricClass::kBytes, Stat::kMax, bundle));
    all.add(metric("bundle.gzip", Unit::kBytes, MetricClass::kBytes, Stat::kMax, bundle));
    all.add(
        metric("payload.decoded", Unit::kBytes, MetricClass::kBytes, Stat::kMax, {"page", "route", "type", "status"}));
    all.add(metric("queries.count", Unit::kCount, MetricClass::kCount, Stat::kMax, {"route", "operation", "model"}));
    all.add(metric("queries.time", Unit::kMilliseconds, MetricClass::kTimingNoisy, Stat::kP95,
                   {"route", "operation", "model"}));
    return all;
  }();
  return kMetrics;
}

const RuleSet& shipped_rules() {
  static const RuleSet kRules = [] {
    RuleSet rules;
    Rule rule;
    rule.id = "n-plus-one";
    rule.params.push_back({"min_repeats", Unit::kCount, 5, 2, 1000, "how often"});
    rules.add(std::move(rule));
    return rules;
  }();
  return kRules;
}

ExpectedAll<Rule> read_rule(const std::string& path, std::string_view bytes) {
  auto document = json::read_json(path, bytes);
  if (!document) {
    return tl::unexpected(document.error());
  }
  Rule rule;
  rule.id = document->string_or("id", "");
  rule.kind = document->string_or("kind", "") == "coded" ? RuleKind::kCoded : RuleKind::kPattern;
  parse_level(document->string_or("level", ""), rule.level);
  return rule;
}

}  // namespace budgetcheck
