#include "collect/trace/request/request_metrics.h"

#include <algorithm>

namespace budgetcheck {
namespace {

constexpr std::uint16_t kServerError = 500;
constexpr std::uint16_t kBeyondErrors = 600;

Sample sample_of(const char* metric, const TraceRoutes::Route& route, Unit unit, const Location& location) {
  Sample sample;
  sample.metric = metric;
  sample.where = {{"route", route.route}, {"service", route.service}};
  sample.unit = unit;
  sample.location = location;
  return sample;
}

}  // namespace

std::vector<TracedRequest> requests_of(const Trace& trace, const TraceTree& tree, TraceRoutes& routes) {
  std::vector<TracedRequest> requests;
  std::vector<std::uint32_t> place(trace.spans.size(), TraceTree::kNone);
  for (std::uint32_t i = 0; i < trace.spans.size(); ++i) {
    if (tree.request(i) == i && !tree.is_repeated(i)) {
      place[i] = static_cast<std::uint32_t>(requests.size());
      requests.push_back({i, routes.number_of(trace.spans[i]), {}});
      ++routes[requests.back().route].requests;
    }
  }
  for (std::uint32_t i = 0; i < trace.spans.size(); ++i) {
    const std::uint32_t request = tree.request(i);
    if (request != TraceTree::kNone && request != i && place[request] != TraceTree::kNone && !tree.is_repeated(i)) {
      requests[place[request]].below.push_back(i);
    }
  }
  return requests;
}

double covered_ms(const Trace& trace, std::vector<std::uint32_t> spans) {
  std::erase_if(spans, [&](std::uint32_t i) { return !trace.spans[i].is_timed(); });
  std::sort(spans.begin(), spans.end(),
            [&](std::uint32_t a, std::uint32_t b) { return trace.spans[a].start < trace.spans[b].start; });
  std::uint64_t covered = 0;
  std::uint64_t reached = 0;
  for (const std::uint32_t i : spans) {
    const Span& span = trace.spans[i];
    const std::uint64_t from = std::max(span.start, reached);
    if (span.end > from) {
      covered += span.end - from;
      reached = span.end;
    }
  }
  return static_cast<double>(covered) / 1e6;
}

void RequestMetrics::add(const Trace& trace, const TraceTree& tree, const TracedRequest& request) {
  const Span& own = trace.spans[request.span];
  if (request.route >= routes_.size()) {
    routes_.resize(request.route + std::size_t{1});
  }
  Route& route = routes_[request.route];
  route.line = route.line == 0 ? own.line : route.line;
  if (!own.is_timed()) {
    ++route.backwards;
    first_backwards_ = backwards_++ == 0 ? own.line : first_backwards_;
    return;
  }
  std::vector<std::uint32_t> statements;
  std::vector<std::uint32_t> calls;
  double counted = 0;
  for (const std::uint32_t i : request.below) {
    if (trace.spans[i].statement.size != 0) {
      statements.push_back(i);
    }
    counted += tree.is_statement(i) ? 1 : 0;
    if (is_http_call(trace.spans[i])) {
      calls.push_back(i);
    }
  }
  route.duration.add(own.milliseconds());
  route.db_calls.add(counted);
  route.http_calls.add(static_cast<double>(calls.size()));
  route.db_time.add(covered_ms(trace, std::move(statements)));
  route.http_time.add(covered_ms(trace, std::move(calls)));
  route.spans.add(static_cast<double>(request.below.size() + 1));
  ++route.errors.n;
  route.errors.events += own.failed || (own.status >= kServerError && own.status < kBeyondErrors) ? 1U : 0U;
}

void RequestMetrics::report(const TraceRoutes::Route& name, const Route& route, const Location& location,
                            Facts& facts) {
  if (route.errors.n == 0) {
    Unmeasured gap;
    gap.metric = "trace.";
    gap.where = {{"route", name.route}, {"service", name.service}};
    gap.reason = "its requests end before they begin";
    gap.hint = "look at the clock of the machine that wrote the spans";
    gap.location = location;
    facts.unmeasured.push_back(std::move(gap));
    return;
  }
  const auto add = [&](const char* metric, Unit unit, const Histogram& values) {
    Sample sample = sample_of(metric, name, unit, location);
    sample.value = values.distribution();
    facts.samples.push_back(std::move(sample));
  };
  add("trace.duration", Unit::kMilliseconds, route.duration);
  add("trace.db_calls", Unit::kCount, route.db_calls);
  add("trace.db_time", Unit::kMilliseconds, route.db_time);
  add("trace.http_calls", Unit::kCount, route.http_calls);
  add("trace.http_time", Unit::kMilliseconds, route.http_time);
  add("trace.spans", Unit::kCount, route.spans);
  Sample errors = sample_of("trace.errors", name, Unit::kRatio, location);
  errors.value = route.errors;
  facts.samples.push_back(std::move(errors));
}

}  // namespace budgetcheck
