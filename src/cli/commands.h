#pragma once

#include <string>
#include <vector>

namespace budgetcheck {

/// The names of all commands.
std::vector<std::string> command_names();

}  // namespace budgetcheck
