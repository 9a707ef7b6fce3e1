#pragma once

#include <memory>
#include <ostream>
#include <string>

#include "cli/command_line/command.h"

namespace budgetcheck {

struct HelpOptions {
  std::string command;  ///< empty: all of them
  bool man = false;     ///< as a manual page
};

/// `budgetcheck help [COMMAND]`, the same as COMMAND --help.
Command help_command(const std::shared_ptr<HelpOptions>& options);

/// Writes the help of one command, by its name in any case, or of all. Returns the exit code: 2 when there is no such
/// command.
int run_help(const HelpOptions& options, std::ostream& out, std::ostream& err);

}  // namespace budgetcheck
