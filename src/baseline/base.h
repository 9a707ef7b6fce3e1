#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "baseline/base_tree.h"
#include "model/report.h"
#include "results/read.h"

namespace budgetcheck {

/// What the head is compared with, and how it was found. `info.kind` "none": there are no results to compare with,
/// and `info.how` says why.
struct Base {
  BaseInfo info;
  Results results;  ///< with the budgets document that was in force, when the record has it
  /// The budgets file of the base, read from git; nothing: not readable, or there is none.
  std::optional<BudgetsText> budgets;
  /// Notes for the reader of the report: what was tried, what could not be read and the command that fixes it.
  std::vector<std::string> notes;
  /// The files of the base's commit; null: no commit is known, or it is not of this repository.
  std::shared_ptr<const BaseTree> tree;
  /// The commit is known and has no budgets file, so this change is the one that brings it.
  bool has_no_budgets = false;

  bool found() const { return info.kind != "none"; }
};

}  // namespace budgetcheck
