#include <fmt/format.h>

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "budget/import/importer.h"
#include "budget/import/js_literal.h"
#include "budget/import/load_terms.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kComputed = "it is computed by the script, which is not run: write this budget by hand";

/// "http_req_duration{name:GET /events,expected_response:true}"
struct K6Metric {
  std::string name;
  std::vector<std::pair<std::string, std::string>> tags;
};
K6Metric k6_metric(std::string_view text) {
  const std::size_t open = text.find('{');
  K6Metric metric{std::string(trim(text.substr(0, open))), {}};
  if (open == std::string_view::npos) {
    return metric;
  }
  const std::string_view inside = text.substr(open + 1, text.rfind('}') - open - 1);
  for (const std::string_view tag : split(inside, ',')) {
    const std::size_t colon = tag.find(':');
    const auto plain = [](std::string_view part) {
      std::string_view out = trim(part);
      if (out.size() > 1 && (out.front() == '"' || out.front() == '\'') && out.back() == out.front()) {
        out = out.substr(1, out.size() - 2);
      }
      return std::string(out);
    };
    metric.tags.emplace_back(plain(tag.substr(0, colon)),
                             colon == std::string_view::npos ? "" : plain(tag.substr(colon + 1)));
  }
  return metric;
}

/// The glob of the label `route` for a tag `name`: "GET /events" as it is; where it does not say the method, any.
std::string route_of_name(const std::string& name) {
  const std::size_t scheme = name.find("://");
  const std::size_t path = scheme == std::string::npos ? std::string::npos : name.find('/', scheme + 3);
  if (scheme != std::string::npos) {
    return "*" + exact_glob(path == std::string::npos ? "/" : std::string_view(name).substr(path));
  }
  const std::string first = name.substr(0, name.find(' '));
  const bool has_method = !first.empty() && first != name &&
                          std::all_of(first.begin(), first.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return (has_method ? "" : "*") + exact_glob(name);
}

class K6Import {
 public:
  explicit K6Import(const std::string& path) : importer_(path, "k6", WhichHolds::kBoth) {}

  void read(const json::Value& thresholds) {
    if (!thresholds.is_object()) {
      importer_.leave_out(importer_.at(thresholds), "thresholds", std::string(kComputed));
      return;
    }
    for (const json::Member& metric : *thresholds.object()) {
      if (importer_.is_full(metric.value)) {
        return;
      }
      read_metric(metric);
    }
  }

  /// Of a summary: the thresholds stand below each metric, as keys.
  void read_summary(const json::Value& metrics) {
    for (const json::Member& metric : *metrics.object()) {
      const json::Value* thresholds = metric.value.find("thresholds");
      if (thresholds == nullptr || !thresholds->is_object()) {
        continue;
      }
      for (const json::Member& threshold : *thresholds->object()) {
        if (importer_.is_full(threshold.value)) {
          return;
        }
        read_expression(importer_.at(threshold), metric.key, threshold.key, {});
      }
    }
  }

  Import take() {
    importer_.add_input({"k6-summary.json",
                         "",
                         "",
                         {"k6's summary; all quantiles that budgets ask for must be in it:",
                          "k6 run --summary-export k6-summary.json --summary-trend-stats "
                          "\"avg,min,med,max,p(90),p(95),p(99)\" SCRIPT"}});
    return importer_.take();
  }

 private:
  void read_metric(const json::Member& metric) {
    const auto leave = [&](const json::Value& at) {
      importer_.leave_out(at.line == 0 ? importer_.at(metric) : importer_.at(at), metric.key, std::string(kComputed));
    };
    const json::Array* list = metric.value.array();
    const json::Array alone{metric.value};  // one expression without a list, as k6 takes it too
    if (list == nullptr && metric.value.is_null()) {
      leave(metric.value);
      return;
    }
    for (const json::Value& item : list == nullptr ? alone : *list) {
      std::vector<std::string> notes;
      const json::Value* expression = &item;
      if (item.is_object()) {
        expression = item.find("threshold");
        const json::Value* aborts = item.find("abortOnFail");
        if (aborts != nullptr && aborts->boolean() != nullptr && *aborts->boolean()) {
          notes.emplace_back("abortOnFail ends the test in k6 alone: it is not carried over");
        }
      }
      if (expression == nullptr || !expression->is_string()) {
        leave(item);
        continue;
      }
      read_expression(importer_.at(*expression), metric.key, *expression->string(), std::move(notes));
    }
  }

  void read_expression(const Location& from, const std::string& metric_text, const std::string& expression,
                       std::vector<std::string> notes) {
    const std::string subject = metric_text + ": " + expression;
    const auto comparison = parse_load_comparison(expression);
    if (!comparison) {
      importer_.leave_out(from, subject, "it is not a comparison with a number");
      return;
    }
    const K6Metric metric = k6_metric(metric_text);
    DraftBudget budget;
    for (const auto& [tag, value] : metric.tags) {
      if (!add_tag(budget, metric.name, tag, value)) {
        importer_.leave_out(from, subject,
                            fmt::format("there is no label for the tag {}: budgets select by test, by route (the tag "
                                        "'name') and by status",
                                        in_quotes(tag)));
        return;
      }
    }
    const std::string why = fill(budget, metric.name, *comparison, notes);
    if (!why.empty()) {
      importer_.leave_out(from, subject, why);
      return;
    }
    if (comparison->is_strict()) {
      notes.push_back(strict_note("k6", *comparison));
    }
    importer_.carry(from, subject, std::move(budget), std::move(notes));
  }

  /// False: the tag has no counterpart.
  static bool add_tag(DraftBudget& budget, const std::string& metric, const std::string& tag,
                      const std::string& value) {
    if (tag == "name" || tag == "url") {
      budget.where.emplace_back("route", route_of_name(value));
      return true;
    }
    if (tag == "check" && metric == "checks") {
      budget.where.emplace_back("check", exact_glob(value));
      return true;
    }
    if (tag == "expected_response" && metric == "http_req_duration" && value == "true") {
      budget.where.emplace_back("status", "success");
      return true;
    }
    return false;
  }

  /// The metric, stat and limit. The answer says why there is none; empty: there is one.
  static std::string fill(DraftBudget& budget, const std::string& metric, const LoadComparison& comparison,
                          std::vector<std::string>& notes) {
    const auto limit = [&](std::string text) { (comparison.is_at_most() ? budget.max : budget.min) = std::move(text); };
    const bool is_zero = comparison.op == "==" && comparison.right == 0;
    if (comparison.op == "==" && !(metric == "http_req_failed" && is_zero)) {
      return "it asks for one exact value, and a budget is a limit";
    }
    if (metric == "http_req_duration") {
      budget.metric = "load.duration";
      budget.stat = stat_of_load(comparison.left);
      limit(ms_limit(comparison.right));
      return budget.stat.empty() ? fmt::format("there is no stat {}: median, mean, min, max, p75, p90, p95 and p99 are",
                                               in_quotes(comparison.left))
                                 : "";
    }
    if (metric == "http_req_failed" && comparison.left == "rate") {
      budget.metric = "load.errors";
      if (comparison.is_at_least()) {
        return "it asks for failures, and load.errors only has a most";
      }
      budget.max = share_limit(comparison.right);
      return "";
    }
    if (metric == "checks" && comparison.left == "rate") {
      budget.metric = "load.checks";
      limit(share_limit(comparison.right));
      if (budget.where.empty()) {
        notes.emplace_back("k6 takes all checks together; here each check is judged alone");
      }
      return "";
    }
    if (metric == "http_reqs" && (comparison.left == "count" || comparison.left == "rate")) {
      const bool is_rate = comparison.left == "rate";
      budget.metric = is_rate ? "load.throughput" : "load.requests";
      if (is_rate) {
        notes.emplace_back(fmt::format("'rate' {}", kRateCountsAll));
      }
      limit(count_limit(comparison.right));
      return "";
    }
    return fmt::format(
        "there is no metric for {} of {}: load.duration, load.errors, load.throughput, load.requests and "
        "load.checks are",
        in_quotes(comparison.left), in_quotes(metric));
  }

  Importer importer_;
};

}  // namespace

bool is_k6_program(std::string_view text) { return !js_literals(text, "thresholds").empty(); }

Import import_k6_program(const std::string& path, std::string_view text) {
  K6Import import(path);
  for (const json::Value& thresholds : js_literals(text, "thresholds")) {
    import.read(thresholds);
  }
  return import.take();
}

Import import_k6_options(const std::string& path, const json::Value& thresholds) {
  K6Import import(path);
  import.read(thresholds);
  return import.take();
}

Import import_k6_summary(const std::string& path, const json::Value& metrics) {
  K6Import import(path);
  import.read_summary(metrics);
  return import.take();
}

}  // namespace budgetcheck
