#include "detect/trace/unbounded_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "detect/rule_findings.h"
#include "detect/trace/trace_finding.h"

namespace budgetcheck {
namespace {

using What = UnboundedName::What;

bool counts(const UnboundedName& name, const Rule& rule) {
  return static_cast<double>(name.names) >= rule.param("min_names") && !name.dense;
}

/// The name of a request's span holds its route: "GET /receipts/{id}" says nothing that "/receipts/{id}" does not.
bool is_said_by_route(const UnboundedName& name, const std::vector<UnboundedName>& all, const Rule& rule) {
  return name.what == What::kSpanName && std::any_of(all.begin(), all.end(), [&](const UnboundedName& other) {
           return other.what == What::kRoute && counts(other, rule) && other.service == name.service &&
                  name.form.ends_with(other.form);
         });
}

}  // namespace

void detect_unbounded_names(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  std::vector<Finding> found;
  const std::vector<UnboundedName>& names = facts.traces.names;
  for (const UnboundedName& name : names) {
    if (!counts(name, rule) || is_said_by_route(name, names, rule)) {
      continue;
    }
    const bool is_route = name.what == What::kRoute;
    Finding finding = trace_finding(name.example);
    finding.level = rule.level;
    finding.subject = name.form;
    finding.evidence.route.clear();
    finding.message = fmt::format("'{}' names {} {} of the form '{}'", name.service, name.names,
                                  is_route ? "routes" : "spans", name.form);
    finding.evidence.count = name.names;
    finding.evidence.details.emplace_back("form", name.form);
    finding.fix.text = is_route
                           ? "Give http.route the route's template (/receipts/:id), not the path that was asked for."
                           : "Name the kind of thing, and put the id into an attribute.";
    finding.magnitude = static_cast<double>(name.names);
    finding.key = finding_key(rule.id, {name.service, name.form});
    found.push_back(std::move(finding));
  }
  keep_findings(rule, std::move(found), findings);
}

}  // namespace budgetcheck
