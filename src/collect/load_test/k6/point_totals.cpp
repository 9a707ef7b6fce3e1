#include "collect/load_test/k6/point_totals.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/text.h"
#include "collect/load_test/request_label.h"
#include "json/scan/escapes.h"

namespace budgetcheck {
namespace {

/// A request of eleven days: no script waits so long.
constexpr double kLongest = 1e9;
constexpr std::size_t kMostNames = 20'000;
constexpr std::size_t kLongestName = 512;
constexpr std::size_t kShownCheck = 120;
constexpr std::size_t kShownStage = 60;

std::string unescaped(std::string_view text, bool escaped) {
  std::string out;
  if (!escaped || text.find('\\') == std::string_view::npos) {
    return std::string(text);
  }
  return json::unescape(text, out) ? out : std::string(text);
}

enum class Outcome { kExpected, kUnexpected, kUnknown };

/// By the script's own rule, else by the status.
Outcome outcome_of(const K6Point& point) {
  if (point.expected == "true") {
    return Outcome::kExpected;
  }
  if (point.expected == "false") {
    return Outcome::kUnexpected;
  }
  if (point.status.empty()) {
    return Outcome::kUnknown;
  }
  return point.status.size() == 3 && (point.status[0] == '2' || point.status[0] == '3') ? Outcome::kExpected
                                                                                        : Outcome::kUnexpected;
}

}  // namespace

K6Metric k6_metric(std::string_view name) {
  switch (name.size()) {
    case 3:
      return name == "vus" ? K6Metric::kUsers : K6Metric::kOther;
    case 6:
      return name == "checks" ? K6Metric::kChecks : K6Metric::kOther;
    case 9:
      return name == "http_reqs" ? K6Metric::kRequests : K6Metric::kOther;
    case 15:
      return name == "http_req_failed" ? K6Metric::kFailed : K6Metric::kOther;
    case 17:
      return name == "http_req_duration" ? K6Metric::kDuration : K6Metric::kOther;
    default:
      return K6Metric::kOther;
  }
}

K6Totals::Sums& K6Totals::route_of(const K6Point& point) {
  if (point.name.empty()) {
    return list_.front();
  }
  // The metrics of one request follow each other.
  if (point.name == last_name_ && point.method == last_method_) {
    return list_[last_];
  }
  last_name_.assign(point.name);
  last_method_.assign(point.method);
  last_ = number_of(point);
  return list_[last_];
}

/// Nothing: the script tags no stages, or more than are kept.
K6Totals::Sums* K6Totals::stage_of(const K6Point& point) {
  if (point.stage.empty()) {
    return nullptr;
  }
  auto found = stages_.find(point.stage);
  if (found == stages_.end()) {
    if (stages_.size() >= kMostStages) {
      too_many_stages_ = true;
      return nullptr;
    }
    found = stages_.try_emplace(std::string(point.stage)).first;
    found->second.label = shorten(printable(unescaped(point.stage, point.escaped)), kShownStage);
  }
  return &found->second;
}

std::size_t K6Totals::number_of(const K6Point& point) {
  key_.assign(point.method).append(1, ' ').append(point.name);
  if (const auto known = by_name_.find(key_); known != by_name_.end()) {
    return known->second;
  }
  std::string label = request_label(point.method, unescaped(point.name, point.escaped), routes_);
  std::size_t number = 0;
  if (const auto known = by_label_.find(label); known != by_label_.end()) {
    number = known->second;
  } else if (!label.empty() && list_.size() <= kMostRoutes) {
    number = list_.size();
    by_label_.emplace(label, number);
    list_.emplace_back();
    list_.back().label = std::move(label);
  } else {
    too_many_routes_ = too_many_routes_ || !label.empty();
  }
  if (by_name_.size() < kMostNames && key_.size() <= kLongestName) {
    by_name_.emplace(key_, number);
  }
  return number;
}

bool K6Totals::add(const K6Point& point) {
  if (!std::isfinite(point.value) || point.value < 0 || point.value > kLongest) {
    return false;
  }
  switch (point.metric) {
    case K6Metric::kRequests:
    case K6Metric::kFailed:
    case K6Metric::kDuration: {
      of_requests_ += point.metric == K6Metric::kRequests ? 1U : 0U;
      of_failed_ += point.metric == K6Metric::kFailed ? 1U : 0U;
      add_request(point, route_of(point));
      if (Sums* stage = stage_of(point)) {
        add_request(point, *stage);
      }
      break;
    }
    case K6Metric::kChecks: {
      auto found = checks_.find(point.check);
      if (found == checks_.end()) {
        if (checks_.size() >= kMostChecks) {
          too_many_checks_ = true;
          break;
        }
        found = checks_.try_emplace(std::string(point.check)).first;
      }
      ++(point.value > 0 ? found->second.passed : found->second.failed);
      break;
    }
    case K6Metric::kUsers:
      add_users(point);
      break;
    case K6Metric::kOther:
      break;
  }
  ++points_;
  return true;
}

void K6Totals::add_request(const K6Point& point, Sums& to) {
  if (point.metric == K6Metric::kRequests) {
    to.requests += static_cast<std::uint64_t>(point.value + 0.5);
  } else if (point.metric == K6Metric::kFailed) {
    to.failed += point.value > 0 ? 1U : 0U;
  } else {
    add_duration(point, to);
  }
}

void K6Totals::Sums::add_time(double begin, double end) {
  begin_ms = begin_ms < 0 ? begin : std::min(begin_ms, begin);
  end_ms = std::max(end_ms, end);
}

void K6Totals::add_duration(const K6Point& point, Sums& route) {
  const Outcome outcome = outcome_of(point);
  if (outcome == Outcome::kExpected) {
    ++route.expected;
    route.of_successes.add(point.value);
  } else {
    ++(outcome == Outcome::kUnknown ? route.unknown : route.unexpected);
    route.of_others.add(point.value);
  }
  if (point.at_ms >= 0) {  // of its end
    route.add_time(point.at_ms - point.value, point.at_ms);
  }
}

void K6Totals::add_users(const K6Point& point) {
  if (point.at_ms < 0) {
    return;
  }
  least_users_ = least_users_ < 0 ? point.value : std::min(least_users_, point.value);
  users_begin_ms_ = users_begin_ms_ < 0 ? point.at_ms : std::min(users_begin_ms_, point.at_ms);
  users_end_ms_ = std::max(users_end_ms_, point.at_ms);
  if (point.value > most_users_) {
    most_users_ = point.value;
    most_since_ms_ = point.at_ms;
  }
}

std::optional<double> K6Totals::Sums::seconds() const {
  constexpr double kMs = 1000;
  return end_ms > begin_ms ? std::optional<double>((end_ms - begin_ms) / kMs) : std::nullopt;
}

/// There were never as many virtual users for longer than a moment.
bool K6Totals::rose_to_the_end() const {
  constexpr double kLast = 0.9;
  return most_users_ > least_users_ && users_end_ms_ > users_begin_ms_ &&
         most_since_ms_ > users_begin_ms_ + kLast * (users_end_ms_ - users_begin_ms_);
}

LoadPart K6Totals::part_of(const Sums& route, std::optional<double> seconds) const {
  LoadPart part;
  const std::uint64_t durations = route.expected + route.unexpected + route.unknown;
  part.requests = of_requests_ > 0 ? route.requests : durations;
  if (of_failed_ > 0) {
    part.failed = std::min(route.failed, *part.requests);  // a file that breaks off may have one and not the other
  } else if (route.unknown == 0) {
    part.failed = route.unexpected;
  }
  part.seconds = seconds;
  if (durations == 0) {
    part.no_durations = "its points hold no http_req_duration";
    part.no_durations_hint = "write all points: k6 run --out json=points.json";
  } else {
    if (route.unknown == 0) {
      part.success_durations = route.of_successes.distribution();
    }
    Histogram all = route.of_successes;
    all.merge(route.of_others);
    part.durations = all.distribution();
  }
  return part;
}

LoadResult K6Totals::result(bool whole_seconds, Account& account) const {
  LoadResult result;
  result.tool = "k6";
  Sums whole;
  for (const Sums& route : list_) {
    whole.requests += route.requests;
    whole.failed += route.failed;
    whole.expected += route.expected;
    whole.unexpected += route.unexpected;
    whole.unknown += route.unknown;
    whole.of_successes.merge(route.of_successes);
    whole.of_others.merge(route.of_others);
    if (route.end_ms >= 0) {
      whole.add_time(route.begin_ms, route.end_ms);
    }
  }
  const std::optional<double> took = whole.seconds();
  result.parts.push_back(part_of(whole, took));
  for (std::size_t i = 1; i < list_.size(); ++i) {
    result.parts.push_back(part_of(list_[i], took));
    result.parts.back().route = list_[i].label;
  }
  for (const auto& [tag, stage] : stages_) {
    result.parts.push_back(part_of(stage, stage.seconds()));
    result.parts.back().stage = stage.label;
  }
  for (const auto& [name, check] : checks_) {
    result.checks.push_back({shorten(printable(unescaped(name, true)), kShownCheck), check.passed, check.failed});
  }
  if (most_users_ > 0) {
    result.shape = counted(static_cast<std::size_t>(most_users_), "virtual user");
  }
  if (rose_to_the_end()) {
    account.note(fmt::format("the number of virtual users rose to {:.0f} until the end: no steady load was measured",
                             most_users_),
                 "hold the load for a while after the ramp: { duration: '1m', target: N } as a last stage");
  }
  if (whole_seconds && took) {
    account.note("times are whole seconds, so that throughput of a short run is not exact",
                 "set K6_CSV_TIME_FORMAT=unix_milli");
  }
  if (too_many_routes_) {
    account.note(fmt::format("more than {} routes: the rest of the requests are in the whole run only", kMostRoutes),
                 "let the script name its requests: http.get(url, { tags: { name: 'GET /users/:id' } })");
  }
  if (too_many_stages_) {
    account.note(fmt::format("more than {} stages: the rest of the requests are in the whole run only", kMostStages),
                 "tag requests with the stage of the load alone, not with a number of their own");
  }
  if (too_many_checks_) {
    account.note(fmt::format("more than {} checks: the rest are not counted", kMostChecks),
                 "give checks names without ids");
  }
  return result;
}

}  // namespace budgetcheck
