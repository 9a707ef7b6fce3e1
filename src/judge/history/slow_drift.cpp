#include "detect/slow_drift.h"

#include "base/number.h"
#include "base/text.h"
#include "base/units.h"

namespace budgetcheck {

void detect_slow_drift(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  for (const CreptMetric& crept : facts.crept) {
    if (crept.creep.share < rule.param("min_growth")) {
      continue;
    }
    const std::string where = to_string(crept.where);
    Finding finding;
    finding.rule = rule.id;
    finding.level = rule.level;
    finding.subject = crept.metric + (where.empty() ? "" : ", " + where);
    finding.message = printable(finding.subject) + " crept from " +
                      format_quantity(crept.creep.before, crept.unit, crept.creep.now) + " to " +
                      format_quantity(crept.creep.now, crept.unit, crept.creep.before) + " (" +
                      format_rounded(crept.creep.share * 100, 1) + "% worse) over the last " +
                      std::to_string(crept.creep.records) + " stored results of the main branch";
    finding.location = crept.location;
    finding.fix.text =
        "Look with budgetcheck history when it grew, mend the biggest step, and set a limit just above the value that "
        "you want to keep.";
    finding.evidence.details.emplace_back("budget", crept.budget);
    finding.magnitude = crept.creep.share;
    finding.key = finding_key(rule.id, {crept.metric, where});
    findings.push_back(std::move(finding));
  }
}

}  // namespace budgetcheck
