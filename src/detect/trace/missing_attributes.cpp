#include "detect/trace/missing_attributes.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "detect/rule_findings.h"
#include "detect/trace/trace_finding.h"

namespace budgetcheck {
namespace {

using On = TelemetryRequirement::On;

constexpr std::size_t kMostNamed = 8;

std::string_view noun(On on) {
  switch (on) {
    case On::kServer:
      return "request";
    case On::kConsumer:
      return "message";
    case On::kClient:
      return "call";
    case On::kDb:
      return "statement";
    case On::kLog:
      break;
  }
  return "record";
}

std::string routes_words(const MissingAttribute& missing) {
  const auto lacking = static_cast<std::size_t>(
      std::count_if(missing.routes.begin(), missing.routes.end(), [](const auto& route) { return route.missing > 0; }));
  std::vector<std::string> names;
  for (const MissingAttribute::Route& route : missing.routes) {
    if (route.missing == 0) {
      continue;
    }
    if (names.size() == kMostNamed) {
      names.push_back(fmt::format("{} more", lacking - kMostNamed));
      break;
    }
    names.push_back(route.missing == route.spans
                        ? route.route
                        : fmt::format("{} ({} of {})", route.route, route.missing, route.spans));
  }
  return join(names, ", ");
}

std::string fix_of(const MissingAttribute& missing) {
  const bool own = missing.scope == TelemetryRequirement::Scope::kSpan;
  if (missing.attribute == "http.route") {
    return "Let the framework's instrumentation name the route (@opentelemetry/instrumentation-express, -fastify, …), "
           "or "
           "set http.route in a hook of the router.";
  }
  return fmt::format(
      "Set it {}: trace.getActiveSpan()?.setAttribute('{}', …) in a hook that all routes pass, or name the "
      "routes that need none under routes of the requirement.",
      own ? "on the span itself" : "where the request is known", missing.attribute);
}

}  // namespace

void detect_missing_attributes(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  std::vector<Finding> found;
  for (const MissingAttribute& missing : facts.traces.missing) {
    if (missing.missing == 0) {
      continue;
    }
    const double has = 100 * static_cast<double>(missing.spans - missing.missing) / static_cast<double>(missing.spans);
    if (has >= missing.min_percent) {
      continue;
    }
    Finding finding = trace_finding(missing.example);
    finding.level = rule.level;
    finding.subject = missing.attribute;
    finding.message =
        fmt::format("{} of {} of '{}' {} no {}: {}", missing.missing, counted(missing.spans, noun(missing.on)),
                    missing.service, missing.missing == 1 ? "has" : "have", missing.attribute, routes_words(missing));
    finding.evidence.count = missing.missing;
    finding.evidence.route.clear();
    finding.evidence.details.emplace_back("attribute", missing.attribute);
    finding.evidence.details.emplace_back("routes", routes_words(missing));
    finding.fix.text = fix_of(missing);
    finding.magnitude = static_cast<double>(missing.missing);
    finding.key = finding_key(rule.id, {missing.service, missing.attribute, std::string(noun(missing.on))});
    found.push_back(std::move(finding));
  }
  keep_findings(rule, std::move(found), findings);
}

}  // namespace budgetcheck
