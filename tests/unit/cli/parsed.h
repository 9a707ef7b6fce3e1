#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/command_line/parse.h"
#include "cli/commands.h"

namespace budgetcheck {

/// What became of a command line: the options of the command that `make` makes, or all errors, one per line.
template <class Options>
struct Parsed {
  std::shared_ptr<Options> options = std::make_shared<Options>();
  std::string errors;
  std::string command;

  explicit operator bool() const { return errors.empty(); }
  const Options* operator->() const { return options.get(); }
};

template <class Options>
Parsed<Options> parsed(Command (*make)(const std::shared_ptr<Options>&), const std::vector<std::string>& arguments) {
  Parsed<Options> out;
  Command row = make(out.options);
  std::vector<Command> table = all_commands();
  for (Command& command : table) {
    if (command.name == row.name) {
      command = row;
    }
  }
  const ExpectedAll<CommandLine> line = parse_command_line(table, arguments);
  if (line) {
    out.command = line->command.name;
  } else {
    for (const Error& error : line.error()) {
      out.errors += to_string(error) + "\n";
    }
  }
  return out;
}

/// All errors of a command line, one per line; empty: it is right.
inline std::string errors_of(const std::vector<std::string>& arguments) {
  std::string out;
  const ExpectedAll<CommandLine> line = parse_command_line(all_commands(), arguments);
  for (const Error& error : line ? Errors() : line.error()) {
    out += to_string(error) + "\n";
  }
  return out;
}

}  // namespace budgetcheck
