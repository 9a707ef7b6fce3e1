#pragma once

#include <string>
#include <vector>

#include "cli/command_line/command.h"

namespace budgetcheck {

/// What `budgetcheck --help` prints: all commands, one line each. The first one need not be named.
std::string help_on_all(const std::vector<Command>& commands);

/// What one command does and takes, with examples; its own options only.
std::string help_on(const Command& command, bool is_default);

}  // namespace budgetcheck
