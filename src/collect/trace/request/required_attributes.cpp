#include "collect/trace/request/required_attributes.h"

#include <algorithm>
#include <array>

#include "base/glob.h"

namespace budgetcheck {
namespace {

using On = TelemetryRequirement::On;
using Scope = TelemetryRequirement::Scope;

/// What load balancers and orchestrators ask of every instance, on nobody's behalf.
bool is_health_check(std::string_view route) {
  constexpr std::array<std::string_view, 14> kNames{"health", "healthz",  "healthcheck", "health-check", "livez",
                                                    "live",   "liveness", "ready",       "readyz",       "readiness",
                                                    "ping",   "metrics",  "startupz",    "heartbeat"};
  const std::string_view last = route.substr(route.rfind('/') + 1);
  return std::find(kNames.begin(), kNames.end(), last) != kNames.end();
}

}  // namespace

RequiredAttributes::RequiredAttributes(const Telemetry* telemetry, const AttributeKeys& keys) {
  if (telemetry == nullptr) {
    return;
  }
  for (std::size_t i = 0; i < telemetry->required.size(); ++i) {
    const TelemetryRequirement& requirement = telemetry->required[i];
    for (const std::string& attribute : requirement.attributes) {
      const std::uint64_t bit = keys.find(attribute).required;
      if (requirement.on != On::kLog && bit != 0) {
        checks_.push_back({i, &requirement, attribute, bit});
      }
    }
  }
}

void RequiredAttributes::add(const Trace& trace, const TraceTree& tree, const std::vector<TracedRequest>& requests,
                             const TraceRoutes& routes) {
  if (!any()) {
    return;
  }
  std::map<NameId, std::uint64_t> of_service;  // which of them any span of the service in this trace has
  for (const Span& span : trace.spans) {
    of_service[span.service] |= span.attributes;
  }
  for (const TracedRequest& request : requests) {
    const Span& own = trace.spans[request.span];
    const std::uint64_t of_trace = of_service[own.service];
    look(trace, own, request.route, of_trace, own.kind == SpanKind::kServer ? On::kServer : On::kConsumer, routes);
    for (const std::uint32_t i : request.below) {
      if (trace.spans[i].kind == SpanKind::kClient && trace.spans[i].statement.size == 0) {
        look(trace, trace.spans[i], request.route, of_trace, On::kClient, routes);
      }
      if (tree.is_statement(i)) {
        look(trace, trace.spans[i], request.route, of_trace, On::kDb, routes);
      }
    }
  }
}

void RequiredAttributes::look(const Trace& trace, const Span& span, RouteId route, std::uint64_t of_trace, On on,
                              const TraceRoutes& routes) {
  const TraceRoutes::Route& named = routes.all()[route];
  for (std::size_t i = 0; i < checks_.size(); ++i) {
    const Check& check = checks_[i];
    if (check.text->on != on || !is_asked_of(*check.text, named.route, span)) {
      continue;
    }
    Count& count = counts_[{i, named.service}];
    count.check = &check;
    auto& [all, missing] = count.routes[route];
    ++all;
    if (((check.text->scope == Scope::kSpan ? span.attributes : of_trace) & check.bit) != 0) {
      continue;
    }
    ++missing;
    if (!count.has_example) {
      count.has_example = true;
      count.route = route;
      count.trace = trace.id;
      count.line = span.line;
    }
  }
}

/// Nobody's route answered, so nobody could say whose request it is; a health check is nobody's either. Both are asked
/// where the requirement names them.
bool RequiredAttributes::is_asked_of(const TelemetryRequirement& requirement, const std::string& route,
                                     const Span& span) {
  bool is_named = false;
  bool must_be_named = false;
  for (const std::string& glob : requirement.routes) {
    const bool leaves_out = glob.starts_with('!');
    const std::string_view pattern = std::string_view(glob).substr(leaves_out ? 1 : 0);
    const bool matches = pattern == route || label_glob_matches(pattern, route);
    if (leaves_out && matches) {
      return false;
    }
    must_be_named = must_be_named || !leaves_out;
    is_named = is_named || (matches && !leaves_out);
  }
  if (must_be_named) {
    return is_named;
  }
  constexpr std::uint16_t kNotFound = 404;
  constexpr std::uint16_t kNotAllowed = 405;
  const bool is_unmatched =
      span.is_request() && span.route == 0 && (span.status == kNotFound || span.status == kNotAllowed);
  return !is_unmatched && !is_health_check(route);
}

MissingAttribute RequiredAttributes::missing_attribute(const Count& count, const TraceRoutes& routes) {
  MissingAttribute missing;
  missing.requirement = count.check->requirement;
  missing.on = count.check->text->on;
  missing.scope = count.check->text->scope;
  missing.min_percent = count.check->text->min_percent;
  missing.attribute = count.check->attribute;
  for (const auto& [route, numbers] : count.routes) {
    missing.service = routes.all()[route].service;
    missing.spans += numbers.first;
    missing.missing += numbers.second;
    missing.routes.push_back({routes.all()[route].route, numbers.first, numbers.second});
  }
  std::stable_sort(missing.routes.begin(), missing.routes.end(),
                   [](const auto& a, const auto& b) { return a.missing > b.missing; });
  return missing;
}

}  // namespace budgetcheck
