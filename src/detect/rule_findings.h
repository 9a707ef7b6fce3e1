#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/facts.h"
#include "model/finding.h"
#include "model/rule.h"

namespace budgetcheck {

/// The first input, read at least in part, that supplies one of these metric families; null for none.
const Input* supplier(const Facts& facts, const std::vector<std::string_view>& families);

/// A finding at the level of a note: `rule` is on, but had nothing to check. `why` is a clause.
Finding nothing_to_look_at(const Rule& rule, const Input& input, const std::string& why);

/// "<fact>: <the rule's own words>", one sentence without full stop.
std::string with_words_of(const Rule& rule, const std::string& fact);

/// Moves to `findings` what `rule` found and the budgets file does not exempt, with the rule's id, a level that is not
/// above the rule's, and a key.
void keep_findings(const Rule& rule, std::vector<Finding> found, std::vector<Finding>& findings);

}  // namespace budgetcheck
