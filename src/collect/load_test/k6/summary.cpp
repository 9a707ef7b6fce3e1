#include "collect/load_test/k6/summary.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "collect/account.h"
#include "collect/load_test/k6/summary_metrics.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kShown = 100;
constexpr double kMs = 1000;

std::string shown(std::string_view text) { return shorten(printable(text), kShown); }

class Summary {
 public:
  Summary(const Source& source, const RouteTable* routes)
      : source_(source), numbers_(source, "k6"), metrics_(numbers_, routes) {}

  Expected<void> read(const json::Value& document) {
    const json::Value* results = document.find("results");
    if (results != nullptr && results->is_object()) {
      read_machine_readable(document, *results);
    } else {
      read_older(document);
    }
    return numbers_.result();
  }

  void report(Input& input, Facts& facts) {
    Account account(input);
    say_failed_thresholds(account);
    LoadResult result;
    result.tool = "k6";
    result.parts = metrics_.parts(seconds_);
    if (const std::optional<double> users = metrics_.most_users(); users && *users > 0) {
      result.shape = counted(static_cast<std::size_t>(*users), "virtual user");
    }
    for (const auto& [name, check] : checks_) {
      result.checks.push_back({name, check.passed, check.failed});
    }
    add_load_result(source_, std::move(result), input, facts);
  }

 private:
  struct Check {
    std::uint64_t passed = 0;
    std::uint64_t failed = 0;
  };

  /// The metrics by name, with `values` below them or as the values themselves.
  void read_older(const json::Value& document) {
    if (const std::optional<double> ms = numbers_.number(document.find("state"), "testRunDurationMs", "/state")) {
      seconds_ = *ms / kMs;
    }
    const json::Value* metrics = document.find("metrics");
    if (metrics == nullptr || !metrics->is_object()) {
      numbers_.wrong(metrics, "/metrics", "the summary's 'metrics' are no object");
      return;
    }
    for (const json::Member& metric : *metrics->object()) {
      const std::string pointer = below("/metrics", metric.key);
      if (!metric.value.is_object()) {
        numbers_.wrong(&metric.value, pointer, fmt::format("'{}' has no values", shown(pointer)));
        return;
      }
      const json::Value* values = metric.value.find("values");
      const bool is_flat = values == nullptr || !values->is_object();
      metrics_.add(metric.key, is_flat ? metric.value : *values, is_flat ? pointer : below(pointer, "values"));
      add_thresholds(metric.key, metric.value.find("thresholds"), is_flat);
    }
    if (const json::Value* group = document.find("root_group")) {
      add_group(*group, "/root_group", 0);
    }
  }

  /// The metrics as a list in any order.
  void read_machine_readable(const json::Value& document, const json::Value& results) {
    seconds_ = numbers_.number(document.find("config"), "duration", "/config");
    const json::Value* metrics = results.find("metrics");
    if (metrics == nullptr || !metrics->is_array()) {
      numbers_.wrong(metrics, "/results/metrics", "the summary's 'results.metrics' are no list");
      return;
    }
    std::map<std::string, bool, std::less<>> seen;
    for (std::size_t i = 0; i < metrics->array()->size(); ++i) {
      const json::Value& metric = (*metrics->array())[i];
      const std::string pointer = fmt::format("/results/metrics/{}", i);
      const std::string_view name = metric.string_or("name", "");
      const json::Value* values = metric.find("values");
      if (name.empty() || values == nullptr || !values->is_object()) {
        numbers_.wrong(&metric, pointer, fmt::format("'{}' has no name or no values", pointer));
        return;
      }
      if (!seen.emplace(name, true).second) {
        numbers_.wrong(&metric, pointer, fmt::format("the metric '{}' comes twice", shown(name)));
        return;
      }
      metrics_.add(name, *values, below(pointer, "values"));
      add_thresholds(name, metric.find("thresholds"), false);
    }
    const json::Value* checks = results.at({"checks", "results"});
    if (checks != nullptr && checks->is_array()) {
      for (const json::Value& check : *checks->array()) {
        add_check(check.string_or("name", ""), check, "/results/checks/results");
      }
    }
  }

  void add_check(std::string_view name, const json::Value& check, std::string_view pointer) {
    if (name.empty() || !check.is_object()) {
      return;
    }
    Check& sum = checks_[shown(name)];
    sum.passed += numbers_.count(&check, "passes", pointer).value_or(0);
    sum.failed += numbers_.count(&check, "fails", pointer).value_or(0);
  }

  /// Checks and groups are members by their names, or lists.
  void add_group(const json::Value& group, const std::string& pointer, int depth) {
    constexpr int kDeepest = 32;
    if (depth > kDeepest) {
      return;
    }
    const auto each = [&](std::string_view key, const auto& take) {
      const json::Value* found = group.find(key);
      if (found != nullptr && found->is_array()) {
        for (std::size_t i = 0; i < found->array()->size(); ++i) {
          take((*found->array())[i], fmt::format("{}/{}/{}", pointer, key, i));
        }
      } else if (found != nullptr && found->is_object()) {
        for (const json::Member& member : *found->object()) {
          take(member.value, below(below(pointer, key), member.key));
        }
      }
    };
    each("checks",
         [&](const json::Value& check, const std::string& at) { add_check(check.string_or("name", ""), check, at); });
    each("groups", [&](const json::Value& inner, const std::string& at) { add_group(inner, at, depth + 1); });
  }

  /// In the flat form true means that the threshold failed; else `ok` says it.
  void add_thresholds(std::string_view metric, const json::Value* thresholds, bool true_is_failed) {
    if (thresholds == nullptr || !thresholds->is_object()) {
      unread_thresholds_ += thresholds != nullptr && !thresholds->is_null() ? 1U : 0U;
      return;
    }
    for (const json::Member& threshold : *thresholds->object()) {
      const json::Value* ok = threshold.value.is_bool() ? &threshold.value : threshold.value.find("ok");
      if (ok == nullptr || ok->boolean() == nullptr) {
        ++unread_thresholds_;
        continue;
      }
      const bool is_flat = threshold.value.is_bool() && true_is_failed;
      if (*ok->boolean() == is_flat) {
        failed_thresholds_.push_back(fmt::format("'{}: {}'", shown(metric), shown(threshold.key)));
      }
    }
  }

  void say_failed_thresholds(Account& account) const {
    constexpr std::size_t kNamed = 5;
    if (!failed_thresholds_.empty()) {
      std::vector<std::string> named(
          failed_thresholds_.begin(),
          failed_thresholds_.begin() + static_cast<std::ptrdiff_t>(std::min(kNamed, failed_thresholds_.size())));
      if (failed_thresholds_.size() > kNamed) {
        named.push_back(fmt::format("{} more", failed_thresholds_.size() - kNamed));
      }
      account.note(
          fmt::format("{} of k6 failed: {}", counted(failed_thresholds_.size(), "threshold"), join(named, ", ")),
          "make budgets of them: budgetcheck init --from script.js");
    }
    if (unread_thresholds_ > 0) {
      account.note(fmt::format("{} of k6 {} in a form that is not read: see what k6 printed",
                               counted(unread_thresholds_, "threshold"), unread_thresholds_ == 1 ? "is" : "are"));
    }
  }

  const Source& source_;
  ResultNumbers numbers_;
  K6SummaryMetrics metrics_;
  std::optional<double> seconds_;
  std::map<std::string, Check> checks_;
  std::vector<std::string> failed_thresholds_;
  std::size_t unread_thresholds_ = 0;
};

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  json::Selector wanted;
  for (const std::string_view path : {"metrics", "root_group", "state", "results", "config"}) {
    wanted.keep(path);
  }
  const Expected<json::Value> document = json::select(source.path, *source.content, wanted);
  if (!document) {
    return tl::unexpected(document.error());
  }
  Summary summary(source, context.routes);
  Expected<void> read = summary.read(*document);
  if (read) {
    summary.report(input, facts);
  }
  return read;
}

bool recognises(const Sniff& sniff) {
  const auto holds = [&](std::string_view text) { return sniff.head.find(text) != std::string_view::npos; };
  const bool older = sniff.has("metrics") && (sniff.has("root_group") || sniff.has("state"));
  const bool newer = sniff.has("results") && sniff.has("config") && sniff.has("metadata") &&
                     (holds("\"k6Version\"") || holds("\"http_req"));
  return sniff.is_object && (older || newer);
}

}  // namespace

Format k6_summary_format() {
  Format format{"k6-summary", {"load."}, recognises, collect};
  format.is_given_as = "k6's summary (--summary-export, handleSummary)";
  format.looks_like = {"\"http_req_duration\"", "\"root_group\"", "\"http_reqs\""};
  format.page =
      "The summary of a run of k6: `k6 run --summary-export=summary.json script.js`, the same with "
      "`--new-machine-readable-summary`, or what `handleSummary(data)` returns as `JSON.stringify(data)`. It tells the "
      "percentiles of `summaryTrendStats` only: ask for those that budgets are on with "
      "`--summary-trend-stats=\"avg,min,med,max,p(95),p(99),count\"`. A threshold with a tag "
      "(`http_req_duration{name:GET /events}`) gives a route ([load-tests.md](load-tests.md)).";
  return format;
}

}  // namespace budgetcheck
