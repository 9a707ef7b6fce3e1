#pragma once

#include <cstddef>
#include <string>

#include "cli/explain/text_page.h"
#include "model/budget.h"

namespace budgetcheck {

/// One budget: its place and limit, and which budgets of the same metric own a result before it.
void explain_budget(TextPage& page, const BudgetsFile& file, std::size_t index);

/// "median at most 2.5 s": what a budget demands.
std::string limit_of(const Budget& budget);

}  // namespace budgetcheck
