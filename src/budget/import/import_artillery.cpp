#include <fmt/format.h>

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "budget/import/importer.h"
#include "budget/import/load_terms.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kResponseTime = "http.response_time.";
constexpr std::string_view kOfEndpoint = "plugins.metrics-by-endpoint.response_time.";

class ArtilleryImport {
 public:
  explicit ArtilleryImport(const std::string& path) : importer_(path, "artillery", WhichHolds::kBoth) {}

  Import run(const json::Value& config) {
    const json::Value* plugins = config.find("plugins");
    for (const json::Value* ensure : {config.find("ensure"), plugins == nullptr ? nullptr : plugins->find("ensure")}) {
      if (ensure != nullptr && ensure->is_object()) {
        read(*ensure);
      }
    }
    importer_.add_input(
        {"artillery.json", "", "", {"Artillery's report:", "artillery run --output artillery.json SCRIPT"}});
    return importer_.take();
  }

 private:
  void read(const json::Value& ensure) {
    for (const json::Member& member : *ensure.object()) {
      if (importer_.is_full(member.value)) {
        return;
      }
      if (member.key == "thresholds" && member.value.is_array()) {
        for (const json::Value& threshold : *member.value.array()) {
          read_threshold(threshold);
        }
      } else if (member.key == "conditions" && member.value.is_array()) {
        for (const json::Value& condition : *member.value.array()) {
          read_condition(condition);
        }
      } else if (member.key == "maxErrorRate") {
        read_error_rate(member);
      } else if (!stat_of_load(member.key).empty() && member.value.is_number()) {
        // `p95: 250` of before version 2
        read_metric(importer_.at(member), std::string(kResponseTime) + member.key, at_most(*member.value.number()), "",
                    member.key);
      } else {
        importer_.leave_out(importer_.at(member), "ensure." + member.key, "there is no metric for it");
      }
    }
  }

  static LoadComparison at_most(double number) { return {"", "<", number}; }

  /// `- http.response_time.p95: 250`
  void read_threshold(const json::Value& threshold) {
    if (!threshold.is_object()) {
      importer_.leave_out(importer_.at(threshold), "thresholds", "it is not a metric with a number");
      return;
    }
    for (const json::Member& member : *threshold.object()) {
      if (!member.value.is_number()) {
        importer_.leave_out(importer_.at(member), member.key, "its limit is not a number");
      } else {
        read_metric(importer_.at(member), member.key, at_most(*member.value.number()), "",
                    member.key + ": " + format_number(*member.value.number()));
      }
    }
  }

  /// `- expression: http.response_time.p95 < 250 and http.request_rate > 100`
  void read_condition(const json::Value& condition) {
    const json::Value* text = condition.find("expression");
    if (text == nullptr || !text->is_string()) {
      importer_.leave_out(importer_.at(condition), "conditions", "it has no expression");
      return;
    }
    const json::Value* strict = condition.find("strict");
    const bool is_loose = strict != nullptr && strict->boolean() != nullptr && !*strict->boolean();
    const std::string& expression = *text->string();
    if (lower(expression).find(" or ") != std::string::npos || expression.find('(') != std::string::npos) {
      importer_.leave_out(importer_.at(*text), expression,
                          "budgets hold all together, and this has alternatives or terms");
      return;
    }
    for (const std::string_view part : split_at_and(expression)) {
      const auto comparison = parse_load_comparison(part);
      if (!comparison) {
        importer_.leave_out(importer_.at(*text), part, "it is not a comparison with a number");
        continue;
      }
      read_metric(importer_.at(*text), comparison->left, *comparison, is_loose ? "warning" : "", part);
    }
  }

  static std::vector<std::string_view> split_at_and(std::string_view text) {
    std::vector<std::string_view> parts;
    while (true) {
      const std::size_t at = lower(text).find(" and ");
      parts.push_back(trim(text.substr(0, at)));
      if (at == std::string_view::npos) {
        return parts;
      }
      text.remove_prefix(at + 5);
    }
  }

  void read_error_rate(const json::Member& member) {
    constexpr double kPercent = 100;
    if (!member.value.is_number()) {
      importer_.leave_out(importer_.at(member), member.key, "it is not a number");
      return;
    }
    DraftBudget budget;
    budget.metric = "load.errors";
    budget.max = share_limit(*member.value.number() / kPercent);
    importer_.carry(importer_.at(member), member.key + ": " + format_number(*member.value.number()), std::move(budget),
                    {"artillery takes the share of virtual users that did not complete, here it is that of requests"});
  }

  void read_metric(const Location& from, const std::string& metric, const LoadComparison& comparison,
                   const std::string& level, std::string_view subject) {
    DraftBudget budget;
    budget.level = level;
    std::vector<std::string> notes;
    const std::string why = fill(budget, metric, comparison, notes);
    if (!why.empty()) {
      importer_.leave_out(from, subject, why);
      return;
    }
    if (comparison.is_strict()) {
      notes.push_back(strict_note("artillery", comparison));
    }
    importer_.carry(from, subject, std::move(budget), std::move(notes));
  }

  static std::string fill(DraftBudget& budget, const std::string& metric, const LoadComparison& comparison,
                          std::vector<std::string>& notes) {
    if (comparison.op == "==") {
      return "it asks for one exact value, and a budget is a limit";
    }
    const auto limit = [&](std::string text) { (comparison.is_at_most() ? budget.max : budget.min) = std::move(text); };
    if (metric == "http.request_rate" || metric == "http.requests") {
      const bool is_rate = metric == "http.request_rate";
      budget.metric = is_rate ? "load.throughput" : "load.requests";
      if (is_rate) {
        notes.emplace_back(fmt::format("http.request_rate {}", kRateCountsAll));
      }
      limit(count_limit(comparison.right));
      return "";
    }
    std::string name;
    if (metric.starts_with(kResponseTime)) {
      name = metric.substr(kResponseTime.size());
      if (name.starts_with("2xx.")) {
        name.erase(0, 4);
        budget.where.emplace_back("status", "success");
      }
    } else if (metric.starts_with(kOfEndpoint)) {
      const std::size_t dot = metric.rfind('.');
      name = metric.substr(dot + 1);
      if (dot > kOfEndpoint.size()) {
        budget.where.emplace_back("route", exact_glob(metric.substr(kOfEndpoint.size(), dot - kOfEndpoint.size())));
      }
    } else {
      return "there is no metric for it: load.duration, load.errors, load.throughput and load.requests are";
    }
    budget.metric = "load.duration";
    budget.stat = stat_of_load(name);
    limit(ms_limit(comparison.right));
    return budget.stat.empty()
               ? fmt::format("there is no stat {}: median, mean, min, max, p75, p90, p95 and p99 are", in_quotes(name))
               : "";
  }

  Importer importer_;
};

}  // namespace

Import import_artillery(const std::string& path, const json::Value& config) {
  return ArtilleryImport(path).run(config);
}

}  // namespace budgetcheck
