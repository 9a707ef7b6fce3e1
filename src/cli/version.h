#pragma once

#include "cli/command_line/command.h"

namespace budgetcheck {

/// `budgetcheck version`, the same as --version.
Command version_command();

int run_version();

}  // namespace budgetcheck
