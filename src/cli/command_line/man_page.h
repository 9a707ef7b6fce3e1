#pragma once

#include <string>
#include <vector>

#include "cli/command_line/command.h"

namespace budgetcheck {

/// The manual page, for man(1): every command with its arguments, options and examples, and the exit codes. The first
/// command need not be named.
std::string man_page(const std::vector<Command>& commands);

}  // namespace budgetcheck
