#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "budget/import/write_budgets.h"

namespace budgetcheck {

/// `text`, a budgets file in YAML, with the inputs and budgets added at the ends of their lists. What stood there stays
/// byte for byte, comments too. Errors (kUsage): the file is JSON, or a list is written in brackets, so that a line
/// cannot be added.
Expected<std::string> add_to_file(const std::string& path, std::string_view text, const std::vector<DraftInput>& inputs,
                                  const std::vector<DraftBudget>& budgets);

}  // namespace budgetcheck
