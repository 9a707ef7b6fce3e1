#include <fmt/format.h>

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "budget/import/importer.h"
#include "budget/import/slo_terms.h"

// Analyses of rollouts: Argo Rollouts and Flagger ask Prometheus about the new version, and a load test asks before it.

namespace budgetcheck {
namespace {

constexpr std::string_view kOfProduction = "there it is of a rollout's traffic, here of a load test";

DraftInput rollout_results() {
  return {
      "load/*.json", "", "", {"results of the load test: budgetcheck explain inputs lists the tools whose are read"}};
}

/// The query that a metric of either asks; empty: none.
std::string query_of(const json::Value& metric) {
  const json::Value* provider = metric.find("provider");
  if (provider != nullptr) {
    for (const std::string_view kind : {"prometheus", "datadog", "newRelic", "cloudWatch"}) {
      if (const json::Value* asked = provider->find(kind)) {
        return std::string(asked->string_or("query", ""));
      }
    }
  }
  return std::string(metric.string_or("query", ""));
}

class ArgoImport {
 public:
  explicit ArgoImport(const std::string& path) : importer_(path, "Argo Rollouts", WhichHolds::kBoth) {}

  Import run(const json::Value& resource) {
    const json::Value* metrics = resource.at({"spec", "metrics"});
    if (metrics != nullptr && metrics->is_array()) {
      for (const json::Value& metric : *metrics->array()) {
        if (importer_.is_full(metric)) {
          break;
        }
        read(metric);
      }
    }
    importer_.add_input(rollout_results());
    return importer_.take();
  }

 private:
  void read(const json::Value& metric) {
    const std::string name(metric.string_or("name", "without a name"));
    const json::Value* success = metric.find("successCondition");
    const json::Value* failure = metric.find("failureCondition");
    const json::Value* condition = success != nullptr ? success : failure;
    const std::string subject = "metric " + name;
    if (condition == nullptr || !condition->is_string()) {
      importer_.leave_out(importer_.at(metric), subject, "it has no successCondition and no failureCondition");
      return;
    }
    if (success != nullptr && failure != nullptr) {
      importer_.leave_out(importer_.at(*failure), subject + ", failureCondition",
                          "between it and the successCondition Argo is inconclusive; the limit is that of success");
    }
    for (const std::string_view key : {"failureLimit", "inconclusiveLimit", "consecutiveErrorLimit"}) {
      if (const json::Value* limit = metric.find(key)) {
        importer_.say(importer_.at(*limit), subject,
                      fmt::format("{} is for repeated measurements: not carried over", key));
      }
    }
    const std::string& text = *condition->string();
    auto comparison = parse_load_comparison(text);
    const bool asks_result =
        comparison && (comparison->left == "result" || comparison->left == "result[0]" ||
                       comparison->left == "asFloat(result)" || comparison->left == "asFloat(result[0])");
    if (!asks_result || comparison->op == "==") {
      importer_.leave_out(importer_.at(*condition), subject + ": " + text,
                          "only a comparison of the result with a number has a budget");
      return;
    }
    const bool is_at_most = success != nullptr ? comparison->is_at_most() : comparison->is_at_least();
    std::vector<std::string> notes{std::string(kOfProduction)};
    if (comparison->is_strict() == (success != nullptr)) {
      notes.push_back(strict_note("Argo", *comparison));
    }
    DraftBudget budget;
    if (const std::string why =
            fill_slo_budget(budget, slo_metric(name, query_of(metric)), is_at_most, comparison->right, notes);
        !why.empty()) {
      importer_.leave_out(importer_.at(*condition), subject + ": " + text, why);
      return;
    }
    importer_.carry(importer_.at(*condition), subject + ": " + text, std::move(budget), std::move(notes));
  }

  Importer importer_;
};

class FlaggerImport {
 public:
  explicit FlaggerImport(const std::string& path) : importer_(path, "Flagger", WhichHolds::kBoth) {}

  Import run(const json::Value& resource) {
    const json::Value* metrics = resource.at({"spec", "analysis", "metrics"});
    metrics = metrics == nullptr ? resource.at({"spec", "canaryAnalysis", "metrics"}) : metrics;
    if (metrics != nullptr && metrics->is_array()) {
      for (const json::Value& metric : *metrics->array()) {
        if (importer_.is_full(metric)) {
          break;
        }
        read(metric);
      }
    } else {
      importer_.leave_out(importer_.at(resource), std::string(resource.string_or("kind", "resource")),
                          "it has no metrics with limits: the Canary that refers to it has them");
    }
    importer_.add_input(rollout_results());
    return importer_.take();
  }

 private:
  static std::optional<double> number_in(const json::Value& range, std::string_view key) {
    const json::Value* value = range.find(key);
    return value != nullptr && value->is_number() ? std::optional(*value->number()) : std::nullopt;
  }

  void read(const json::Value& metric) {
    const std::string name(metric.string_or("name", "without a name"));
    SloMetric known = slo_metric(name, query_of(metric));
    if (name == "request-success-rate") {
      known.is_percent = true;
    } else if (name == "request-duration") {  // both are built in; this is the 99th percentile in milliseconds
      known.stat = "p99";
      known.unit_ms = 1;
    }
    bool has_limit = false;
    if (const json::Value* range = metric.find("thresholdRange"); range != nullptr && range->is_object()) {
      for (const std::string_view side : {"min", "max"}) {
        if (const auto number = number_in(*range, side)) {
          has_limit = true;
          carry(*range, fmt::format("{} {} {}", name, side, format_number(*number)), known, side == "max", *number);
        }
      }
    } else if (const auto threshold = number_in(metric, "threshold")) {  // before thresholdRange
      has_limit = true;
      carry(metric, fmt::format("{} threshold {}", name, format_number(*threshold)), known,
            known.number != SloNumber::kSuccess, *threshold);
    }
    if (!has_limit) {
      importer_.leave_out(importer_.at(metric), name, "it has no thresholdRange");
    }
  }

  void carry(const json::Value& at, const std::string& subject, const SloMetric& metric, bool is_at_most,
             double number) {
    DraftBudget budget;
    std::vector<std::string> notes{std::string(kOfProduction)};
    if (const std::string why = fill_slo_budget(budget, metric, is_at_most, number, notes); !why.empty()) {
      importer_.leave_out(importer_.at(at), subject, why);
      return;
    }
    importer_.carry(importer_.at(at), subject, std::move(budget), std::move(notes));
  }

  Importer importer_;
};

}  // namespace

Import import_argo(const std::string& path, const json::Value& resource) { return ArgoImport(path).run(resource); }

Import import_flagger(const std::string& path, const json::Value& resource) {
  return FlaggerImport(path).run(resource);
}

}  // namespace budgetcheck
