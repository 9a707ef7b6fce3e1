#include "detect/detect.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "detect/data/data_rules.h"
#include "detect/rule_findings.h"
#include "detect/unfed_rules.h"

namespace budgetcheck {
namespace {

const Detector& detector_of(const Rule& rule) {
  const auto& all = detectors();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Detector& d) { return d.rule == rule.id; });
  if (found == all.end()) {
    throw InternalError(fmt::format("the coded rule '{}' has no detector", rule.id));
  }
  return *found;
}

void run_coded(const Facts& facts, const Rule& rule, std::vector<Finding>& own, Findings& findings) {
  const Detector& detector = detector_of(rule);
  if (detector.detect != nullptr) {
    detector.detect(facts, rule, own);
  }
  if (detector.note_gaps != nullptr) {
    detector.note_gaps(facts, rule, findings.notes);
  }
  note_unfed_rule(facts, rule, detector.needs, findings);
}

void run(const Facts& facts, const Rule& rule, Findings& findings) {
  std::vector<Finding> own;
  switch (rule.kind) {
    case RuleKind::kPattern:
      detect_pattern(facts, rule, own);
      note_unfed_rule(facts, rule, needs_of_pattern(rule), findings);
      break;
    case RuleKind::kThreshold:
      detect_threshold(facts, rule, own);
      note_unfed_metric(facts, rule, findings);
      break;
    case RuleKind::kCoded:
      run_coded(facts, rule, own, findings);
      break;
  }
  keep_findings(rule, std::move(own), findings.all);
}

}  // namespace

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

Findings detect(const Facts& facts, const RuleSet& rules) {
  Findings findings;
  for (const Rule& rule : rules.all()) {
    if (rule.level != Level::kOff) {
      run(facts, rule, findings);
    }
  }
  std::sort(findings.all.begin(), findings.all.end(), comes_first);
  return findings;
}

}  // namespace budgetcheck
