#include "detect/detect.h"

#include <algorithm>
#include <tuple>

#include "base/glob.h"
#include "detect/data_rules.h"

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

bool is_ignored(const Rule& rule, const Finding& finding) {
  return std::any_of(rule.ignore.begin(), rule.ignore.end(),
                     [&](const std::string& glob) { return label_glob_matches(glob, finding.subject); });
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
    for (Finding& finding : own) {
      if (is_ignored(rule, finding)) {
        continue;
      }
      finding.rule = rule.id;
      finding.level = std::clamp(finding.level, Level::kNote, rule.level);
      if (finding.key.empty()) {
        finding.key = finding_key(rule.id, {finding.location.file, finding.subject});
      }
      findings.push_back(std::move(finding));
    }
  }
  std::sort(findings.begin(), findings.end(), comes_first);
  return findings;
}

}  // namespace budgetcheck
