#include "detect/trace/trace_finding.h"

#include <fmt/format.h>

namespace budgetcheck {

Finding trace_finding(const TracePlace& at) {
  Finding finding;
  finding.subject = at.route.empty() ? at.service : at.route;
  finding.location = at.location;
  finding.evidence.route = at.route;
  finding.evidence.input = at.location.file;
  finding.evidence.line = at.location.line;
  finding.evidence.details = {{"service", at.service}};
  if (!at.trace.empty()) {
    finding.evidence.details.emplace_back("trace", at.trace);
  }
  return finding;
}

std::string route_words(const TracePlace& at) {
  return at.route.empty() ? fmt::format("'{}'", at.service) : fmt::format("'{}' of {}", at.route, at.service);
}

}  // namespace budgetcheck
