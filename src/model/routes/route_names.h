#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace budgetcheck {

struct BudgetsFile;
struct Sample;

/// Names that routes have elsewhere, with the method: "GET /docs/faq". What is inferred must not differ from them.
struct RouteNames {
  std::vector<std::string> selected;  ///< by budgets and waivers; globs as in their `where`
  std::vector<std::string> measured;  ///< by the base, from captures and logs
};

/// Adds what the budgets and waivers of a file select.
void add_selected(const BudgetsFile& budgets, RouteNames& names);
/// Adds the routes of the base's samples of requests.
void add_measured(const std::vector<Sample>& samples, RouteNames& names);

}  // namespace budgetcheck
