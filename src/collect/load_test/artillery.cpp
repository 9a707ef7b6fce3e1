#include "collect/load_test/artillery.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/number.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/request_label.h"
#include "collect/load_test/told_percentiles.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr double kMs = 1000;
constexpr int kFirstError = 400;
constexpr std::string_view kByEndpoint = "plugins.metrics-by-endpoint.";
constexpr std::string_view kCodes = ".codes.";
constexpr std::string_view kErrors = ".errors.";
constexpr std::string_view kResponseTime = "response_time.";
constexpr std::string_view kCounters = "/aggregate/counters";
constexpr std::string_view kSummaries = "/aggregate/summaries";

/// "p95" is 0.95 and "p999" 0.999, "median" 0.5.
std::optional<double> percentile_of(std::string_view key) {
  if (key == "median") {
    return 0.5;
  }
  const std::optional<double> digits =
      key.size() >= 3 && key.front() == 'p' ? parse_number(key.substr(1)) : std::nullopt;
  if (!digits || *digits < 1) {
    return std::nullopt;
  }
  double scale = 1;
  for (std::size_t i = 1; i < key.size(); ++i) {
    scale *= 10;
  }
  return *digits / scale;
}

struct Answers {
  std::uint64_t all = 0;
  std::uint64_t failed = 0;

  void add(std::string_view code, std::uint64_t count) {
    const double status = parse_number(code).value_or(0);
    all = saturating_add(all, count);
    failed = saturating_add(failed, status >= kFirstError ? count : 0);
  }
};

class Report {
 public:
  Report(const Source& source, const RouteTable* routes)
      : source_(source), routes_(routes), numbers_(source, "artillery") {}

  Expected<void> read(const json::Value& aggregate) {
    const json::Value* counters = aggregate.find("counters");
    if (counters == nullptr || !counters->is_object()) {
      return fail(ErrorKind::kInput, "the report has no 'aggregate.counters': Artillery 1 wrote it",
                  {source_.path, 0, 0, "/aggregate"}, "run the test with Artillery 2");
    }
    for (const json::Member& counter : *counters->object()) {
      read_counter(counter);
    }
    const double first = numbers_.number(&aggregate, "firstMetricAt", "/aggregate").value_or(0);
    const double last = numbers_.number(&aggregate, "lastMetricAt", "/aggregate").value_or(0);
    if (last > first && first > 0) {
      seconds_ = (last - first) / kMs;
    }
    const json::Value* summaries = aggregate.find("summaries");
    if (summaries != nullptr && summaries->is_object()) {
      for (const json::Member& summary : *summaries->object()) {
        read_summary(summary);
      }
    }
    return numbers_.result();
  }

  void report(Input& input, Facts& facts) const {
    LoadResult result;
    result.tool = "artillery";
    LoadPart whole;
    const std::uint64_t unanswered = requests_ > answers_.all ? requests_ - answers_.all : 0;
    whole.requests = std::max(requests_, answers_.all);
    whole.failed = saturating_add(answers_.failed, unanswered);
    whole.seconds = seconds_;
    whole.durations = durations_;
    whole.success_durations = of_successes_;
    result.parts.push_back(std::move(whole));
    for (const auto& [name, endpoint] : endpoints_) {
      LoadPart part;
      part.route = name;
      part.requests = saturating_add(endpoint.answers.all, endpoint.unanswered);
      part.failed = saturating_add(endpoint.answers.failed, endpoint.unanswered);
      part.seconds = seconds_;
      part.durations = endpoint.durations;
      result.parts.push_back(std::move(part));
    }
    add_load_result(source_, std::move(result), input, facts);
  }

 private:
  struct Endpoint {
    Answers answers;
    std::uint64_t unanswered = 0;
    std::optional<LoadDurations> durations;
  };

  Endpoint& endpoint_of(std::string_view name) { return endpoints_[request_label({}, name, routes_)]; }

  void read_counter(const json::Member& counter) {
    constexpr std::string_view kHttpCodes = "http.codes.";
    const std::string_view key = counter.key;
    const bool is_of_http = key == "http.requests" || key.starts_with(kHttpCodes);
    if (!is_of_http && !key.starts_with(kByEndpoint)) {
      return;
    }
    const std::uint64_t value = numbers_.count(&counter.value, below(kCounters, key)).value_or(0);
    if (key == "http.requests") {
      requests_ = value;
    } else if (is_of_http) {
      answers_.add(key.substr(kHttpCodes.size()), value);
    } else if (const std::size_t codes = key.rfind(kCodes); codes != std::string_view::npos) {
      endpoint_of(key.substr(kByEndpoint.size(), codes - kByEndpoint.size()))
          .answers.add(key.substr(codes + kCodes.size()), value);
    } else if (const std::size_t errors = key.rfind(kErrors); errors != std::string_view::npos) {
      Endpoint& endpoint = endpoint_of(key.substr(kByEndpoint.size(), errors - kByEndpoint.size()));
      endpoint.unanswered = saturating_add(endpoint.unanswered, value);
    }
  }

  void read_summary(const json::Member& summary) {
    const std::string_view key = summary.key;
    if (key == "http.response_time") {
      durations_ = told(summary);
    } else if (key == "http.response_time.2xx") {
      of_successes_ = told(summary);
    } else if (key.starts_with(kByEndpoint) && key.substr(kByEndpoint.size()).starts_with(kResponseTime)) {
      endpoint_of(key.substr(kByEndpoint.size() + kResponseTime.size())).durations = told(summary);
    }
  }

  KnownQuantiles told(const json::Member& summary) {
    const std::string pointer = below(kSummaries, summary.key);
    if (summary.value.object() == nullptr) {
      numbers_.wrong(&summary.value, pointer, fmt::format("'{}' has no values", printable(pointer)));
      return {};
    }
    KnownQuantiles quantiles = told_durations(&summary.value, pointer, 1, percentile_of, numbers_);
    quantiles.n = numbers_.count(&summary.value, "count", pointer).value_or(0);
    return quantiles;
  }

  const Source& source_;
  const RouteTable* routes_;
  ResultNumbers numbers_;
  std::uint64_t requests_ = 0;
  Answers answers_;
  std::optional<double> seconds_;
  std::optional<LoadDurations> durations_;
  std::optional<LoadDurations> of_successes_;
  std::map<std::string, Endpoint> endpoints_;
};

/// Users that began in each period, in the order of time.
std::vector<double> arrivals(const json::Value* periods) {
  std::vector<double> created;
  if (periods == nullptr || periods->array() == nullptr) {
    return created;
  }
  for (const json::Value& period : *periods->array()) {
    const json::Value* users = period.at({"counters", "vusers.created"});
    created.push_back(users == nullptr || users->number() == nullptr ? 0 : *users->number());
  }
  return created;
}

/// The last period is seldom whole, and in it users only finish.
bool rose_to_the_end(std::vector<double> created) {
  constexpr std::size_t kEnough = 3;
  if (!created.empty()) {
    created.pop_back();
  }
  return created.size() >= kEnough &&
         std::adjacent_find(created.begin(), created.end(), std::greater_equal<>()) == created.end();
}

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  json::Selector wanted;
  wanted.keep("aggregate/counters").keep("aggregate/summaries").keep("intermediate/*/counters/vusers.created");
  wanted.keep("aggregate/firstMetricAt").keep("aggregate/lastMetricAt");
  const Expected<json::Value> document = json::select(source.path, *source.content, wanted);
  if (!document) {
    return tl::unexpected(document.error());
  }
  const json::Value* aggregate = document->find("aggregate");
  Report report(source, context.routes);
  Expected<void> read = report.read(aggregate == nullptr ? json::Value() : *aggregate);
  if (!read) {
    return read;
  }
  if (rose_to_the_end(arrivals(document->find("intermediate")))) {
    Account(input).note("more users arrived in each period until the end: no steady load was measured",
                        "add a phase with a steady arrivalRate after the ramp");
  }
  report.report(input, facts);
  return {};
}

bool recognises(const Sniff& sniff) {
  return sniff.is_object && !sniff.is_lines && sniff.has("aggregate") &&
         (sniff.has("intermediate") || sniff.head.find("\"vusers.created\"") != std::string_view::npos);
}

}  // namespace

Format artillery_format() {
  Format format{"artillery", {"load."}, recognises, collect};
  format.is_given_as = "Artillery (--output)";
  format.looks_like = {"\"http.response_time\"", "\"vusers.created\"", "\"intermediate\""};
  format.page =
      "`artillery run --output report.json test.yml` (Artillery 2). Durations of the whole run are those of answers "
      "with "
      "2xx. Routes come from the plugin metrics-by-endpoint, whose durations are of all answers; a request that was "
      "not "
      "answered is an error.";
  return format;
}

}  // namespace budgetcheck
