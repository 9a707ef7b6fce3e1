#include "budget/import/slo_terms.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"

namespace budgetcheck {
namespace {

bool has_any_word(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (text.find(word) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

std::string stat_within(std::string_view text) {
  for (const auto& [mark, stat] :
       {std::pair("p99", "p99"), std::pair("p95", "p95"), std::pair("p90", "p90"), std::pair("p75", "p75"),
        std::pair("p50", "median"), std::pair("0.99", "p99"), std::pair("0.95", "p95"), std::pair("0.9", "p90"),
        std::pair("0.75", "p75"), std::pair("0.5", "median"), std::pair("median", "median")}) {
    const std::size_t at = text.find(mark);
    const std::size_t end = at == std::string_view::npos ? at : at + std::string_view(mark).size();
    if (end != std::string_view::npos && (end >= text.size() || text[end] < '0' || text[end] > '9')) {
      return stat;
    }
  }
  return "";
}

}  // namespace

SloMetric slo_metric(std::string_view name_text, std::string_view query_text) {
  const std::string name = lower(name_text);
  const std::string query = lower(query_text);
  SloMetric metric;
  if (has_any_word(name, {"success", "availability"})) {
    metric.number = SloNumber::kSuccess;
  } else if (has_any_word(name, {"error", "fail"})) {
    metric.number = SloNumber::kErrors;
  } else if (has_any_word(name, {"latency", "duration", "response_time", "response-time", "responsetime"})) {
    metric.number = SloNumber::kDuration;
    metric.stat = stat_within(name);
    const std::size_t quantile = query.find("histogram_quantile(");
    if (metric.stat.empty() && quantile != std::string::npos) {
      metric.stat = stat_within(query.substr(quantile, query.find(',', quantile) - quantile));
    }
    const std::string both = name + " " + query;
    const bool is_multiplied = has_any_word(query, {"* 1000", "*1000", "* 1e3", "*1e3"});
    metric.unit_ms = has_any_word(both, {"milliseconds", "millis", "_ms"}) ? 1
                     : has_any_word(both, {"seconds"})                     ? (is_multiplied ? 1 : 1e3)
                                                                           : 0;
  } else if (has_any_word(name, {"throughput", "request_rate", "request-rate", "rps"})) {
    metric.number = SloNumber::kThroughput;
  }
  metric.is_percent = has_any_word(query, {"* 100", "*100"}) && metric.number != SloNumber::kDuration;
  return metric;
}

std::string fill_slo_budget(DraftBudget& budget, const SloMetric& metric, bool is_at_most, double limit,
                            std::vector<std::string>& notes) {
  constexpr double kPercent = 100;
  // No limit of 100 % failures is meant, and one of 100 % successes may be.
  const bool is_errors = metric.number == SloNumber::kErrors;
  const bool is_percent = metric.is_percent || (is_errors ? limit >= 1 : limit > 1);
  const double share = is_percent ? limit / kPercent : limit;
  const bool is_share = is_errors || metric.number == SloNumber::kSuccess;
  if (is_share && !metric.is_percent && limit > 0 && limit != 1) {
    notes.push_back(fmt::format("the number is read as {}", is_percent ? "a percentage" : "a share of 1"));
  }
  switch (metric.number) {
    case SloNumber::kDuration:
      if (metric.stat.empty()) {
        return "it does not say which quantile it is: name the stat in a budget on load.duration";
      }
      if (metric.unit_ms <= 0) {
        return "it does not tell the unit of its times: write this budget by hand";
      }
      budget.metric = "load.duration";
      budget.stat = metric.stat;
      (is_at_most ? budget.max : budget.min) = ms_limit(limit * metric.unit_ms);
      return "";
    case SloNumber::kErrors:
      if (!is_at_most) {
        return "it asks for failures";
      }
      budget.metric = "load.errors";
      budget.max = share_limit(share);
      return "";
    case SloNumber::kSuccess:
      if (is_at_most) {
        return "it asks for failures";
      }
      budget.metric = "load.errors";
      budget.max = share_limit(1 - share);
      return "";
    case SloNumber::kThroughput:
      budget.metric = "load.throughput";
      (is_at_most ? budget.max : budget.min) = count_limit(limit);
      return "";
    case SloNumber::kNone:
      break;
  }
  return "a load test has no number for it: durations, errors, throughput and requests are";
}

}  // namespace budgetcheck
