#include "cli/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "base/text/suggestion.h"
#include "cli/command_line/help_text.h"
#include "cli/command_line/man_page.h"
#include "cli/commands.h"
#include "cli/terminal/console.h"
#include "model/exit_code.h"

namespace budgetcheck {

int run_help(const HelpOptions& options, std::ostream& out, std::ostream& err) {
  const std::vector<Command> commands = all_commands();
  if (options.man) {
    out << man_page(commands);
    return kExitPass;
  }
  if (options.command.empty()) {
    out << help_on_all(commands);
    return kExitPass;
  }
  const auto found = std::find_if(commands.begin(), commands.end(), [&](const Command& command) {
    return equals_ignoring_case(command.name, options.command);
  });
  if (found == commands.end()) {
    const std::string near = nearest(options.command, command_names());
    err << fmt::format("budgetcheck: there is no command '{}' ({})\n", printable(options.command),
                       near.empty() ? "see budgetcheck help" : did_you_mean(options.command, near));
    return kExitUsage;
  }
  out << help_on(*found, found == commands.begin());
  return kExitPass;
}

Command help_command(const std::shared_ptr<HelpOptions>& options) {
  Command command;
  command.name = "help";
  command.summary = "show what there is, or what one command takes";
  command.arguments = one_argument("[COMMAND]", options->command, true);
  command.arguments.words = command_names;
  command.options = {switch_option("man", "print all of it as a manual page, for man -l -", options->man)};
  command.examples = {"budgetcheck help", "budgetcheck help compare"};
  command.run = [options](const FileSystem&) {
    ConsoleStreams console;
    return run_help(*options, console.out, console.err);
  };
  return command;
}

}  // namespace budgetcheck
