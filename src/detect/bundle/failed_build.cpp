#include "detect/bundle/failed_build.h"

#include <fmt/format.h>

#include "base/text.h"

namespace budgetcheck {

void detect_failed_build(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  for (const FailedBuild& build : facts.bundle.failed_builds) {
    Finding finding;
    finding.rule = rule.id;
    finding.level = rule.level;
    finding.subject = build.location.file;
    finding.message =
        fmt::format("the build behind '{}' failed with {}, so its sizes mean nothing{}", printable(build.location.file),
                    counted(build.errors, "error"), build.first_error.empty() ? "" : ": " + build.first_error);
    finding.location = build.location;
    finding.evidence.count = build.errors;
    finding.evidence.input = build.location.file;
    finding.evidence.line = build.location.line;
    finding.fix.text =
        "Fix the error and build again. Let CI stop at the build's own exit code, so that no later "
        "step reads what a failed build left behind.";
    finding.magnitude = static_cast<double>(build.errors);
    finding.key = finding_key(rule.id, {build.location.file});
    findings.push_back(std::move(finding));
  }
}

}  // namespace budgetcheck
