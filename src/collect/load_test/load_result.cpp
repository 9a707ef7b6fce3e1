#include "collect/load_test/load_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "collect/account.h"

namespace budgetcheck {
namespace {

/// The file's name without its folder and extension; with it where another input has the same one, as a summary and
/// the raw results of one run may.
std::string test_of(const Source& source) {
  if (std::string test = source.settings.text("test"); !test.empty()) {
    return test;
  }
  const std::string path = source.has_namesake ? source.path : path_without_extension(source.path);
  return path.substr(path.find_last_of('/') + 1);
}

bool has_values(const LoadDurations& durations) {
  const auto* distribution = std::get_if<Distribution>(&durations);
  return distribution != nullptr ? distribution->count() > 0 : !std::get<KnownQuantiles>(durations).empty();
}

class Adding {
 public:
  Adding(const Source& source, const LoadResult& result, Input& input, Facts& facts)
      : source_(source), tool_(result.tool), test_(test_of(source)), account_(input), facts_(facts) {}

  void add(const LoadPart& part) {
    Labels where{{"test", test_}};
    if (!part.route.empty()) {
      where.set("route", part.route);
    }
    if (!part.stage.empty()) {
      where.set("stage", part.stage);
    }
    if (part.requests && *part.requests == 0 && part.lost == 0) {
      add_empty(part, where);
      return;
    }
    if (part.requests) {
      // Repeated runs of a test seldom make the same number.
      sample("load.requests", where, Unit::kCount).value = Runs{static_cast<double>(*part.requests)};
    }
    whole_failed_ = part.is_whole() ? part.failed : whole_failed_;
    add_errors(part, where);
    add_throughput(part, where);
    add_durations(part, where);
  }

  /// Once for all parts. Where nothing failed in the whole run, nothing did on a route.
  void say_failures_untold() {
    if (of_whole_untold_) {
      account_.note(fmt::format("this file of {} does not tell which requests failed, so times of failed ones may be "
                                "among the durations",
                                tool_),
                    "pass the tool's summary as well: its load.errors says how many failed");
    } else if (routes_untold_ > 0 && whole_failed_ != 0U) {
      account_.note(fmt::format("this file of {} does not tell how many requests of {} failed, so times of failed ones "
                                "may be among {} durations",
                                tool_, counted(routes_untold_, "route"), routes_untold_ == 1 ? "its" : "their"),
                    "let it tell them too: k6 does with a threshold on http_req_failed{name:GET /events}");
    }
  }

  const std::string& test() const { return test_; }

  void add(const LoadCheck& check) {
    Sample& made = sample("load.checks", Labels{{"test", test_}, {"check", check.name}}, Unit::kRatio);
    made.value = Rate{check.passed, check.passed + check.failed};
  }

 private:
  Sample& sample(std::string metric, const Labels& where, Unit unit) {
    Sample made;
    made.metric = std::move(metric);
    made.where = where;
    made.unit = unit;
    made.location = {source_.path, 0, 0, {}};
    facts_.samples.push_back(std::move(made));
    return facts_.samples.back();
  }

  /// Something that this file does not tell, whatever happened in the run.
  void untold(std::string metric, const Labels& where, std::string reason, std::string hint, bool at_fault = false) {
    Unmeasured gap;
    gap.metric = std::move(metric);
    gap.where = where;
    gap.reason = std::move(reason);
    gap.hint = std::move(hint);
    gap.location = {source_.path, 0, 0, {}};
    gap.input_at_fault = at_fault;
    facts_.unmeasured.push_back(std::move(gap));
  }

  void add_empty(const LoadPart& part, const Labels& where) {
    const std::string what = part.is_whole() ? "no request was made" : "no request of it was made";
    const std::string hint = "see what the load tool printed: the script may have ended before its first request";
    if (part.is_whole()) {
      account_.incomplete(what, hint);
    }
    untold("load.", where, what, hint, true);
  }

  void add_errors(const LoadPart& part, const Labels& where) {
    if (!part.requests || !part.failed) {
      untold("load.errors", where, fmt::format("this file of {} does not tell how many requests failed", tool_),
             "write its summary as well, or its results as JSON");
      return;
    }
    Sample& errors = sample("load.errors", where, Unit::kRatio);
    errors.value = Rate{std::min(*part.failed, *part.requests), *part.requests};
    if (part.lost > 0) {
      errors.lower_bound = true;
      errors.lower_bound_reason = fmt::format("{} never answered and not counted as failed",
                                              counted(part.lost, "request was", "requests were"));
      account_.note(fmt::format("at least {} more {} sent and got no answer, which the file does not count as errors",
                                part.lost, part.lost == 1 ? "request was" : "requests were"),
                    "look for connections that the server reset or closed");
    }
  }

  void add_throughput(const LoadPart& part, const Labels& where) {
    std::optional<double> throughput = part.throughput;
    if (part.requests && part.failed && part.seconds && *part.seconds > 0) {
      throughput = static_cast<double>(*part.requests - std::min(*part.failed, *part.requests)) / *part.seconds;
    }
    if (!throughput) {
      const bool knows_successes = part.requests && part.failed;
      untold("load.throughput", where,
             fmt::format("this file of {} does not tell {}", tool_,
                         knows_successes ? "how long the run took" : "how many requests succeeded"),
             "write its summary as well, or its results as JSON");
      return;
    }
    sample("load.throughput", where, Unit::kCount).value = Runs{*throughput};
  }

  void add_durations(const LoadPart& part, const Labels& where) {
    const bool all_failed = part.requests && part.failed && *part.requests > 0 && *part.failed >= *part.requests;
    if (all_failed) {
      untold("load.duration", where, "no request succeeded, so there is no duration of one",
             "make the requests succeed first: load.errors has how many failed", true);
      return;
    }
    const bool has_all = part.durations && has_values(*part.durations);
    const bool has_successes = part.success_durations && has_values(*part.success_durations);
    if (!has_all && !has_successes) {
      untold("load.duration", where,
             part.no_durations.empty() ? fmt::format("this file of {} tells no quantile of the durations", tool_)
                                       : part.no_durations,
             part.no_durations_hint.empty() ? "let the tool write its results as JSON" : part.no_durations_hint);
    }
    if (has_all) {
      add_durations(part, *part.durations, where, has_successes ? "all" : "");
    }
    if (has_successes) {
      add_durations(part, *part.success_durations, where, "success");
    }
  }

  void add_durations(const LoadPart& part, const LoadDurations& durations, Labels where, std::string_view status) {
    const bool of_successes = status == "success";
    if (!status.empty()) {
      where.set("status", std::string(status));
    }
    Sample& made = sample("load.duration", where, Unit::kMilliseconds);
    if (const auto* distribution = std::get_if<Distribution>(&durations)) {
      made.value = *distribution;
    } else {
      KnownQuantiles quantiles = std::get<KnownQuantiles>(durations);
      if (quantiles.n == 0 && part.requests) {
        quantiles.n = *part.requests - (of_successes ? std::min(part.failed.value_or(0), *part.requests) : 0);
      }
      made.value = QuantileRuns{std::move(quantiles)};
    }
    if (!of_successes && part.requests && part.failed) {
      made.failures_within = Rate{std::min(*part.failed, *part.requests), *part.requests};
    }
    if (!told_stat(made, Stat::kP95)) {
      const std::string quantiles = told_quantiles(std::get<QuantileRuns>(made.value));
      facts_.samples.pop_back();
      untold("load.duration", where, fmt::format("this file of {} tells only {} of the durations", tool_, quantiles),
             "let the tool write p50, p95 or p99");
      return;
    }
    if (status.empty() && !part.failed) {
      of_whole_untold_ = of_whole_untold_ || part.is_whole();
      routes_untold_ += part.is_whole() ? 0U : 1U;
    }
  }

  const Source& source_;
  const std::string& tool_;
  std::string test_;
  Account account_;
  Facts& facts_;
  bool of_whole_untold_ = false;
  std::size_t routes_untold_ = 0;
  std::optional<std::uint64_t> whole_failed_;
};

}  // namespace

void add_load_result(const Source& source, LoadResult result, Input& input, Facts& facts) {
  Adding adding(source, result, input, facts);
  for (const LoadPart& part : result.parts) {
    adding.add(part);
  }
  adding.say_failures_untold();
  for (const LoadCheck& check : result.checks) {
    adding.add(check);
  }
  if (!result.shape.empty()) {
    Environment env;
    env.parts["load " + adding.test()] = result.shape;
    add_environment(facts.env, env);
  }
}

}  // namespace budgetcheck
