#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/budget.h"

namespace budgetcheck {

/// Something that explain has a page on.
struct Explainable {
  std::string name;
  std::string_view kind;  ///< "rule", "metric", "option", …
  std::string title;      ///< one line
  std::string text;       ///< more, to be searched; may be empty
  /// Also found by these, and not shown: aliases of a metric.
  std::vector<std::string> other_names = {};
};

/// Everything that explain has a page on, what people ask for most first. `budgets` may be null.
std::vector<Explainable> explainables(const BudgetsFile* budgets);

/// What may be meant by a name or by words that nothing is called: the nearest name, then what has the words in its
/// name, in its title and in its text. Never what is called exactly so.
std::vector<Explainable> meant_by(std::string_view words, const BudgetsFile* budgets);

}  // namespace budgetcheck
