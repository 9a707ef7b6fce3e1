#include <fmt/format.h>

#include <string>

#include "base/number.h"
#include "collect/account.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/point_times.h"
#include "collect/load_test/raw_run.h"
#include "collect/load_test/request_label.h"
#include "collect/load_test/result_lines.h"
#include "collect/load_test/vegeta.h"
#include "json/scan/cursor.h"
#include "json/scan/escapes.h"

namespace budgetcheck {
namespace {

/// One result: texts are views into its line.
struct Hit {
  double status = -1;
  double latency_ns = -1;
  std::string_view timestamp;
  std::string_view method;
  std::string_view url;
};

/// False: the line is not a result.
bool read_hit(std::string_view line, Hit& hit) {
  const auto number = [](const json::RawScalar& value) {
    return value.type == json::RawScalar::Type::kNumber ? leading_number(value.text).value : -1;
  };
  json::Cursor in(line);
  bool first = true;
  for (std::string_view key; in.member(first, key);) {
    if (key == "code") {
      hit.status = number(in.scalar());
    } else if (key == "latency") {
      hit.latency_ns = number(in.scalar());
    } else if (key == "timestamp") {
      hit.timestamp = in.scalar().text;
    } else if (key == "method") {
      hit.method = in.scalar().text;
    } else if (key == "url") {
      hit.url = in.scalar().text;
    } else {
      in.skip();
    }
  }
  return in.at_end() && hit.status >= 0 && hit.latency_ns >= 0;
}

class Hits {
 public:
  explicit Hits(const RouteTable* routes) : routes_(routes) {}

  /// False: the line is not a result.
  bool add(std::string_view line) {
    constexpr double kNsInMs = 1e-6;
    constexpr double kSuccess = 200;
    constexpr double kFirstError = 400;
    Hit hit;
    if (!read_hit(line, hit)) {
      return false;
    }
    const double begin = times_.of_text(hit.timestamp);
    if (begin < 0) {
      return false;
    }
    RawRequest request;
    request.route = route_of(hit);
    request.ms = hit.latency_ns * kNsInMs;
    request.begin_ms = begin;
    request.failed = hit.status < kSuccess || hit.status >= kFirstError;
    run_.add(request);
    return true;
  }

  const RawRun& run() const { return run_; }

 private:
  /// Results of one target often follow each other.
  const std::string& route_of(const Hit& hit) {
    if (has_last_ && hit.url == last_url_ && hit.method == last_method_) {
      return last_route_;
    }
    std::string url;
    if (!json::unescape(hit.url, url)) {
      url.assign(hit.url);
    }
    last_route_ = url.empty() ? std::string() : request_label(hit.method, url, routes_);
    last_url_.assign(hit.url);
    last_method_.assign(hit.method);
    has_last_ = true;
    return last_route_;
  }

  const RouteTable* routes_;
  PointTimes times_;
  RawRun run_;
  bool has_last_ = false;
  std::string last_url_;
  std::string last_method_;
  std::string last_route_;
};

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  Hits hits(context.routes);
  const ResultLines lines = read_result_lines(*source.content, [&](std::string_view line) { return hits.add(line); });
  Account account(input);
  lines.say("result of vegeta", account);
  if (hits.run().beyond_routes() > 0) {
    account.note(
        fmt::format("more than {} routes: the rest of the requests are in the whole run only", RawRun::kMostRoutes),
        "name the routes in the budgets file: routes: [/users/:id]");
  }
  add_load_result(source, {"vegeta", "", hits.run().parts(), {}}, input, facts);
  return {};
}

bool recognises(const Sniff& sniff) {
  return sniff.is_object && sniff.has("attack") && sniff.has("seq") && sniff.has("code") && sniff.has("latency");
}

}  // namespace

Format vegeta_results_format() {
  Format format{"vegeta-results", {"load."}, recognises, collect};
  format.is_given_as = "vegeta's results (encode --to json)";
  format.looks_like = {"\"attack\"", "\"seq\"", "\"latency\"", "\"bytes_in\""};
  format.page =
      "Every result of an attack, one a line: `vegeta attack … | vegeta encode --to json > results.json`. Durations "
      "are "
      "those of the successes, by route, with any percentile.";
  return format;
}

}  // namespace budgetcheck
