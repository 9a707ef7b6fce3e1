#include "detect/trace/calls_in_loops.h"

#include <fmt/format.h>

#include "base/text.h"
#include "detect/rule_findings.h"
#include "detect/trace/trace_finding.h"

namespace budgetcheck {

void detect_calls_in_loops(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  std::vector<Finding> found;
  for (const RepeatedCalls& repeated : facts.traces.repeated) {
    if (static_cast<double>(repeated.count) < rule.param("min_repeats")) {
      continue;
    }
    Finding finding = trace_finding(repeated.at);
    finding.level = rule.level;
    finding.message =
        fmt::format("{} calls '{}' for {} different ids in one request, {}", route_words(repeated.at), repeated.call,
                    repeated.count, repeated.serial ? "one after the other" : "some at the same time");
    if (repeated.requests > 1) {
      finding.message += fmt::format(" (in {} of {} requests)", repeated.requests, repeated.route_requests);
    }
    finding.evidence.count = repeated.count;
    finding.evidence.details.emplace_back("call", repeated.call);
    finding.fix.text =
        "Ask for all of them at once: add a route to that service that takes a list of ids, or collect the ids of one "
        "request with a loader.";
    finding.magnitude = static_cast<double>(repeated.count);
    finding.key = finding_key(rule.id, {repeated.at.service, repeated.at.route, repeated.call});
    found.push_back(std::move(finding));
  }
  keep_findings(rule, std::move(found), findings);
}

}  // namespace budgetcheck
