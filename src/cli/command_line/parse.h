#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "cli/command_line/command.h"

namespace budgetcheck {

/// The command line, understood: the options and arguments of `command` are stored.
struct CommandLine {
  Command command;
  bool is_named = false;  ///< false: nothing but options was given, so `command` is the default one
  bool help = false;      ///< --help or -h: nothing else is to be done
  bool version = false;
};

/// Parses arguments without the program's name. The first of `commands` is the one that need not be named. Options may
/// stand before, between and after the arguments. Errors (kUsage, all at once): unknown options with the nearest known
/// one, options of another command, values that are missing or wrong, too few or too many arguments.
ExpectedAll<CommandLine> parse_command_line(const std::vector<Command>& commands,
                                            const std::vector<std::string>& arguments);

}  // namespace budgetcheck
