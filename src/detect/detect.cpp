#include "detect/detect.h"

#include <algorithm>
#include <tuple>

#include "detect/data/data_rules.h"
#include "detect/finding_parts.h"

namespace budgetcheck {
namespace {

void run(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  switch (rule.kind) {
    case RuleKind::kPattern:
      detect_pattern(facts, rule, findings);
      return;
    case RuleKind::kThreshold:
      detect_threshold(facts, rule, findings);
      return;
    case RuleKind::kCoded:
      break;
  }
  const auto& all = detectors();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Detector& d) { return d.rule == rule.id; });
  if (found == all.end()) {
    throw InternalError("the coded rule '" + rule.id + "' has no detector");
  }
  found->detect(facts, rule, findings);
}

bool comes_first(const Finding& a, const Finding& b) {
  if (a.level != b.level) {
    return a.level > b.level;
  }
  if (a.magnitude != b.magnitude) {
    return a.magnitude > b.magnitude;
  }
  const auto place = [](const Finding& f) {
    return std::tie(f.location.file, f.location.line, f.location.column, f.location.pointer, f.rule, f.subject,
                    f.message, f.key);
  };
  return place(a) < place(b);
}

}  // namespace

std::vector<Finding> detect(const Facts& facts, const RuleSet& rules) {
  std::vector<Finding> findings;
  for (const Rule& rule : rules.all()) {
    if (rule.level == Level::kOff) {
      continue;
    }
    std::vector<Finding> own;
    run(facts, rule, own);
    keep_findings(rule, std::move(own), findings);
  }
  std::sort(findings.begin(), findings.end(), comes_first);
  return findings;
}

}  // namespace budgetcheck
