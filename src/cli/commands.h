#pragma once

#include <string>
#include <vector>

#include "cli/command_line/command.h"

namespace budgetcheck {

/// Every command, each with options of its own that nothing has been stored in yet. The first one need not be named.
std::vector<Command> all_commands();

std::vector<std::string> command_names();

}  // namespace budgetcheck
