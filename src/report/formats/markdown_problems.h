#pragma once

#include <string>
#include <string_view>

#include "model/report.h"
#include "report/words/groups.h"

namespace budgetcheck {

/// "❌ fail".
std::string markdown_status(Gravity gravity, std::string_view word);

/// One problem as an item of a list in Markdown: budgets and findings, what to do, what it grew by, where. The numbers
/// of broken limits are left to the table above it.
std::string markdown_problem(const Group& group, const RuleSet& rules);

}  // namespace budgetcheck
