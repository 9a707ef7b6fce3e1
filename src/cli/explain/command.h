#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/command_line/command.h"

namespace budgetcheck {

struct ExplainOptions {
  std::vector<std::string> words;  ///< the name to explain: "exit 3" is two; empty: a list of what can be explained
  std::string budgets;             ///< empty: looked for here and in the folders above
  std::string docs;                ///< a folder to write the pages on rules and metrics into; empty: explain
};

/// `budgetcheck explain [NAME]`.
Command explain_command(const std::shared_ptr<ExplainOptions>& options);

}  // namespace budgetcheck
