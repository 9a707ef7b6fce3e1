#include "detect/note.h"

#include <algorithm>

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
  finding.message = "the rule '" + rule.id + "' guarded nothing: " + why;
  finding.location.file = input.path;
  finding.evidence.input = input.path;
  finding.fix.text = "Check that the rule names what the inputs hold, or turn it off.";
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

}  // namespace budgetcheck
