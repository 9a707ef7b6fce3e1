#pragma once

#include <string>

#include "model/budget.h"
#include "model/input_spec.h"

namespace budgetcheck {

/// A side of a comparison as a file to read, with what the budgets file says of it.
struct ComparedInput {
  InputSpec spec;         ///< its path is the word that named the side
  std::string root;       ///< folder of the build's files, from the working directory; empty: not known
  std::string like;       ///< the input of the budgets file whose settings it has; empty: none
  Location described_at;  ///< of that input
  std::string rootless;   ///< a clause: why `root` is empty although that input names one; empty otherwise
};

struct ComparedInputs {
  ComparedInput base;
  ComparedInput head;
};

/// An input of the budgets file lends its settings to the side that is its file, and to the other side, which is the
/// same file of another build. The folder that its `root` names is looked for at the same place beside that file:
/// with { path: dist/stats.json, root: dist }, main/stats.json belongs to the files under main.
ComparedInputs compared_inputs(const BudgetsFile& budgets, const std::string& base, const std::string& head);

}  // namespace budgetcheck
