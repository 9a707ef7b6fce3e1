#pragma once

#include <string>
#include <vector>

namespace budgetcheck {

/// A key that the budgets file may have.
struct BudgetsKey {
  std::string path;   ///< "waivers", "budgets.max_increase"
  std::string title;  ///< what its value is: "a list of waivers"
  std::string text;   ///< one sentence or more
};

/// All that the schema describes: the top-level keys in its order, behind each the keys of its entries.
const std::vector<BudgetsKey>& budgets_keys();

}  // namespace budgetcheck
