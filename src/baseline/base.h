#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/report.h"
#include "results/read.h"

namespace budgetcheck {

/// A budgets file as it stood at the base.
struct BudgetsText {
  std::string path;  ///< in the repository
  std::string text;
  std::string commit;
};

/// What the head is compared with, and how it was found. `info.kind` "none": there are no results to compare with,
/// and `info.how` says why.
struct Base {
  BaseInfo info;
  Results results;  ///< with the budgets document that was in force, when the record has it
  /// The budgets file of the base, read from git; nothing: not readable, or there is none.
  std::optional<BudgetsText> budgets;
  /// Notes for the reader of the report: what was tried, what could not be read and the command that fixes it.
  std::vector<std::string> notes;

  bool found() const { return info.kind != "none"; }
};

}  // namespace budgetcheck
