#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/finding.h"
#include "model/rule.h"

namespace budgetcheck {

// A finding in words. Everything returned is one printable line of bounded length, not yet escaped for any format.

/// "FAIL", "WARN", "KNOWN", "NOTE", "WAIVED".
std::string_view status_word(const Finding& finding);
/// "new", "worse than on the base", …
std::string_view state_words(FindingState state);

/// The rule's title, or its id when the report does not know the rule.
std::string rule_title(std::string_view rule, const RuleSet& rules);
/// The evidence of the finding, in reading order: {"seen", "30 times with 30 different parameters"}. SQL excluded.
std::vector<std::pair<std::string, std::string>> evidence_lines(const Finding& finding);
std::string message_words(const Finding& finding);
/// The finding's fix, or the rule's help.
std::string next_step(const Finding& finding, const RuleSet& rules);

}  // namespace budgetcheck
