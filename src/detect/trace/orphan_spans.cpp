#include "detect/trace/orphan_spans.h"

#include <fmt/format.h>

#include "base/text.h"
#include "detect/rule_findings.h"
#include "detect/trace/trace_finding.h"

namespace budgetcheck {

void detect_orphan_spans(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  std::vector<Finding> found;
  for (const OrphanSpans& orphans : facts.traces.orphans) {
    if (orphans.spans == 0) {
      continue;
    }
    Finding finding = trace_finding(orphans.example);
    finding.level = rule.level;
    finding.subject = orphans.service;
    finding.message = fmt::format("{} of {} of '{}' {} a parent that is in none of the files", orphans.spans,
                                  counted(orphans.all, "span"), orphans.service, orphans.spans == 1 ? "names" : "name");
    finding.evidence.count = orphans.spans;
    finding.fix.text =
        "Pass the files of the services that call it too; where a browser or a gateway begins the traces and "
        "exports nothing, turn the rule off.";
    finding.magnitude = static_cast<double>(orphans.spans);
    finding.key = finding_key(rule.id, {orphans.service});
    found.push_back(std::move(finding));
  }
  keep_findings(rule, std::move(found), findings);
}

}  // namespace budgetcheck
