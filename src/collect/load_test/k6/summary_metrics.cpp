#include "collect/load_test/k6/summary_metrics.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "collect/load_test/request_label.h"
#include "collect/load_test/told_percentiles.h"

namespace budgetcheck {
namespace {

/// "p(90)" and "p90" of a trend; nothing for another statistic.
std::optional<double> percentile_of(std::string_view key) {
  if (key == "med") {
    return 0.5;
  }
  if (!key.starts_with('p')) {
    return std::nullopt;
  }
  key.remove_prefix(1);
  if (key.starts_with('(') && key.ends_with(')')) {
    key = key.substr(1, key.size() - 2);
  }
  return quantile_of_percent(key);
}

/// "http_req_duration{name:GET /events,expected_response:true}", taken apart.
struct MetricName {
  std::string_view base;
  std::string route;  ///< empty: of the whole run
  bool of_successes = false;
  bool of_a_status = false;  ///< of answers with one status only: no part of a run that is measured here
};

MetricName taken_apart(std::string_view text, const RouteTable* routes) {
  MetricName name;
  const std::size_t brace = text.find('{');
  name.base = text.substr(0, brace);
  if (brace == std::string_view::npos || !text.ends_with('}')) {
    return name;
  }
  std::string_view method;
  std::string_view request;
  std::string others;
  for (const std::string_view tag : split(text.substr(brace + 1, text.size() - brace - 2), ',')) {
    const std::size_t colon = tag.find(':');
    const std::string_view key = trim(tag.substr(0, colon));
    const std::string_view value = colon == std::string_view::npos ? std::string_view() : trim(tag.substr(colon + 1));
    if (key == "expected_response") {
      name.of_successes = value == "true";
      name.of_a_status = name.of_a_status || value != "true";
    } else if (key == "status" || key == "error_code" || key == "error") {
      name.of_a_status = true;
    } else if (key == "method") {
      method = value;
    } else if (key == "name" || (key == "url" && request.empty())) {
      request = value;
    } else {
      others += (others.empty() ? "" : ", ") + std::string(trim(tag));
    }
  }
  name.route = request.empty() ? std::string(method) : request_label(method, request, routes);
  if (!others.empty()) {
    name.route += (name.route.empty() ? "" : ", ") + request_label({}, others, routes);
  }
  return name;
}

/// What k6 writes for a metric of which there was no value.
bool is_nothing(const KnownQuantiles& told) {
  return told.max.value_or(0) == 0 && told.min.value_or(0) == 0 && told.mean.value_or(0) == 0 &&
         std::all_of(told.points.begin(), told.points.end(),
                     [](const KnownQuantiles::Point& point) { return point.value == 0; });
}

}  // namespace

KnownQuantiles K6SummaryMetrics::trend(const json::Value& values, std::string_view pointer) {
  KnownQuantiles told = told_durations(&values, pointer, 1, percentile_of, numbers_, "avg");
  told.n = numbers_.count(&values, "count", pointer).value_or(0);
  return told;
}

/// In the older forms `passes` counts what the rate counts, and that is the failed requests.
void K6SummaryMetrics::add_failed(Part& part, const json::Value& values, std::string_view pointer) {
  if (values.find("matches") != nullptr) {
    part.failed = numbers_.count(&values, "matches", pointer);
    if (!part.requests) {
      part.requests = numbers_.count(&values, "total", pointer);
    }
    return;
  }
  part.failed = numbers_.count(&values, "passes", pointer);
  const std::optional<std::uint64_t> others = numbers_.count(&values, "fails", pointer);
  if (!part.requests && part.failed && others) {
    part.requests = *part.failed + *others;
  }
}

void K6SummaryMetrics::add(std::string_view name, const json::Value& values, std::string_view pointer) {
  if (name == "vus") {
    most_users_ = numbers_.number(&values, "max", pointer);
    return;
  }
  if (!name.starts_with("http_req")) {
    return;
  }
  const MetricName told = taken_apart(name, routes_);
  if (told.of_a_status) {
    return;
  }
  Part& part = told.route.empty() ? whole_ : by_route_[told.route];
  if (told.base == "http_reqs" && !told.of_successes) {
    part.requests = numbers_.count(&values, "count", pointer);
    part.rate = numbers_.number(&values, "rate", pointer);
  } else if (told.base == "http_req_failed" && !told.of_successes) {
    add_failed(part, values, pointer);
  } else if (told.base == "http_req_duration") {
    (told.of_successes ? part.of_successes : part.durations) = trend(values, pointer);
  }
}

std::vector<LoadPart> K6SummaryMetrics::parts(std::optional<double> seconds) const {
  if (!seconds && whole_.rate && *whole_.rate > 0 && whole_.requests) {
    seconds = static_cast<double>(*whole_.requests) / *whole_.rate;
  }
  std::vector<LoadPart> parts;
  const auto add = [&](const std::string& route, const Part& part) {
    LoadPart made;
    made.route = route;
    made.requests = part.requests;
    made.failed = part.failed;
    if (made.requests && made.failed) {
      made.failed = std::min(*made.failed, *made.requests);
    }
    made.seconds = seconds;
    const bool nothing = part.durations && is_nothing(*part.durations);
    if (part.durations && !nothing) {
      made.durations = *part.durations;
    }
    if (part.of_successes && !is_nothing(*part.of_successes)) {
      made.success_durations = *part.of_successes;
    }
    if (!made.requests && nothing && !made.success_durations) {
      made.requests = 0;
    }
    parts.push_back(std::move(made));
  };
  add({}, whole_);
  if (!parts.front().requests) {
    parts.front().requests = 0;  // without a request the metric is missing
  }
  for (const auto& [route, part] : by_route_) {
    if (part.requests || part.failed || part.durations || part.of_successes) {
      add(route, part);
    }
  }
  return parts;
}

}  // namespace budgetcheck
