#include "detect/rule_findings.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/glob.h"
#include "base/text.h"

namespace budgetcheck {

const Input* supplier(const Facts& facts, const std::vector<std::string_view>& families) {
  const auto found = std::find_if(facts.inputs.begin(), facts.inputs.end(), [&](const Input& input) {
    return input.state != InputState::kUnreadable &&
           std::find_first_of(input.families.begin(), input.families.end(), families.begin(), families.end()) !=
               input.families.end();
  });
  return found == facts.inputs.end() ? nullptr : &*found;
}

Finding nothing_to_look_at(const Rule& rule, const Input& input, const std::string& why) {
  Finding finding;
  finding.rule = rule.id;
  finding.level = Level::kNote;
  finding.subject = rule.id;
  finding.message = fmt::format("the rule '{}' checked nothing: {}", rule.id, why);
  finding.location.file = input.path;
  finding.evidence.input = input.path;
  finding.fix.text = "Check that the rule is about something that the inputs contain, or turn it off.";
  finding.key = finding_key(rule.id, {"guarded nothing"});
  return finding;
}

std::string with_words_of(const Rule& rule, const std::string& fact) {
  std::string words = printable(trim(rule.short_text));
  if (words.ends_with('.')) {
    words.pop_back();
  }
  return words.empty() ? fact : fact + ": " + words;
}

void keep_findings(const Rule& rule, std::vector<Finding> found, std::vector<Finding>& findings) {
  for (Finding& finding : found) {
    const bool ignored = std::any_of(rule.ignore.begin(), rule.ignore.end(), [&](const std::string& glob) {
      return label_glob_matches(glob, finding.subject);
    });
    if (ignored) {
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

}  // namespace budgetcheck
