#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/file_system.h"
#include "cli/command_line/command.h"

namespace budgetcheck {

/// The command line, understood: the options and arguments of `command` are stored.
struct CommandLine {
  Command command;
  bool is_named = false;   ///< false: nothing but options was given, so `command` is the default one
  std::string first_word;  ///< the first argument where no command was named; may be one that is misspelt
  bool help = false;       ///< --help or -h: nothing else is to be done
  bool version = false;
};

/// Parses arguments without the program's name. The first of `commands` is the one that need not be named. Options may
/// stand before, between and after the arguments. Errors (kUsage, all at once): unknown options with the nearest known
/// one, options of another command, values that are missing or wrong, too few or too many arguments.
ExpectedAll<CommandLine> parse_command_line(const std::vector<Command>& commands,
                                            const std::vector<std::string>& arguments);

/// Says of a first word that is no file and nearly one of the commands' `names` that it was meant as one: such a word
/// has neither a dot nor a slash, which paths have, and begins like the command. Nothing: it may well be an input.
Errors misspelt_command(const FileSystem& files, const std::string& word, const std::vector<std::string>& names);

}  // namespace budgetcheck
