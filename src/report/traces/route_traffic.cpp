#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "report/traces/traces.h"

namespace budgetcheck {
namespace {

std::string label(const Sample& sample, const char* name) {
  const std::string* found = sample.where.find(name);
  return found == nullptr ? std::string() : *found;
}

}  // namespace

std::vector<RouteTraffic> route_traffic(const std::vector<Sample>& samples) {
  std::map<std::pair<std::string, std::string>, RouteTraffic> routes;
  for (const Sample& sample : samples) {
    if (!sample.metric.starts_with("trace.")) {
      continue;
    }
    RouteTraffic& route = routes[{label(sample, "service"), label(sample, "route")}];
    const double median = aggregate(sample, Stat::kMedian);
    if (sample.metric == "trace.duration") {
      route.requests = run_count(sample);
      route.p50 = median;
      route.p95 = aggregate(sample, Stat::kP95);
      route.p99 = aggregate(sample, Stat::kP99);
    } else if (sample.metric == "trace.errors") {
      route.errors = median;
    } else if (sample.metric == "trace.db_calls") {
      route.db_calls = median;
    } else if (sample.metric == "trace.db_time") {
      route.db_time = median;
    } else if (sample.metric == "trace.http_calls") {
      route.http_calls = median;
    } else if (sample.metric == "trace.http_time") {
      route.http_time = median;
    } else if (sample.metric == "trace.spans") {
      route.spans = median;
    }
  }
  std::vector<RouteTraffic> out;
  for (auto& [key, route] : routes) {
    std::tie(route.service, route.route) = key;
    if (route.requests > 0) {
      out.push_back(std::move(route));
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const RouteTraffic& a, const RouteTraffic& b) { return a.p95 > b.p95; });
  return out;
}

}  // namespace budgetcheck
