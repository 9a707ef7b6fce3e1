#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/command_line/command.h"

namespace budgetcheck {

struct InitOptions {
  std::vector<std::string> from;  ///< configurations of other tools; empty: start from today's numbers
  bool add = false;               ///< to the budgets file that is there
};

/// `budgetcheck init`.
Command init_command(const std::shared_ptr<InitOptions>& options);

}  // namespace budgetcheck
