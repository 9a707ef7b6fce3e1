#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "budget/sections/loading.h"

namespace budgetcheck {

void load_removed(Loading& loading, const json::Value& removed) {
  const std::vector<Budget>& budgets = loading.file.budgets;
  for (const json::Value& value : *removed.array()) {
    Removal removal{text_of(value, "budget"), text_of(value, "owner"), text_of(value, "reason"), loading.at(value)};
    if (removal.budget.empty()) {
      continue;
    }
    const bool still_there =
        std::any_of(budgets.begin(), budgets.end(), [&](const Budget& budget) { return budget.id == removal.budget; });
    if (still_there) {
      loading.error(removal.location,
                    fmt::format("'removed' names the budget '{}', which is still there", printable(removal.budget)),
                    "delete one of the two");
    }
    loading.file.removed.push_back(std::move(removal));
  }
}

}  // namespace budgetcheck
