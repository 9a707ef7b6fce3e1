#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "cli/command_line/option.h"

namespace budgetcheck {

/// What a command takes beside its options.
struct Arguments {
  static constexpr std::size_t kAnyNumber = std::numeric_limits<std::size_t>::max();

  std::string_view usage;  ///< "BASE HEAD", for help and messages
  std::size_t least = 0;
  std::size_t most = 0;
  std::function<void(const std::vector<std::string>& arguments)> set;
  /// Options of other commands are arguments of this one, without their dashes: it says what they mean.
  bool may_be_options = false;
  /// What shells complete besides the files that `usage` names.
  std::function<std::vector<std::string>()> words = {};
};

/// What the first argument of a command may be that does several things: `baseline push RESULTS`.
struct Action {
  std::string_view name;
  std::string_view usage;  ///< of the arguments that follow it
  std::size_t least = 0;   ///< of the arguments that follow it
  std::size_t most = 0;
  std::string_view text;  ///< for help
};

/// One command: the row that parsing, help and running come from. Its options and arguments are stored in a struct of
/// its own, which `run` reads.
struct Command {
  std::string_view name;
  std::string_view summary;  ///< one line for the list of commands
  std::string_view text;     ///< for its own help, after the summary; may be empty
  Arguments arguments;
  std::vector<Action> actions;  ///< the first argument is the name of one; empty: arguments are free
  std::vector<Option> options;
  std::vector<std::string_view> examples;  ///< at least one
  /// Says what is wrong with options that are right each for itself; may be empty. Errors: kUsage.
  std::function<Errors()> verify;
  /// Does it. Returns the exit code; throws InternalError only.
  std::function<int(const FileSystem& files)> run;
};

/// Calls a function that makes a row with fresh options for it: `command_with(check_command)`.
template <class Options>
Command command_with(Command (*make)(const std::shared_ptr<Options>& options)) {
  return make(std::make_shared<Options>());
}

// Each of these keeps a reference to what it fills, which outlives the command.

Arguments no_arguments();
/// One argument, or, when it is `optional`, at most one.
Arguments one_argument(std::string_view usage, std::string& to, bool optional = false);
Arguments two_arguments(std::string_view usage, std::string& first, std::string& second);
Arguments any_arguments(std::string_view usage, std::vector<std::string>& to, std::size_t least = 0);
/// The name of an action and what follows it. The bounds are those of the actions.
Arguments action_arguments(std::string& action, std::vector<std::string>& rest);

/// "BASE HEAD", "push RESULTS|show [REV]|prune"; empty: none.
std::string usage_of(const Command& command);

}  // namespace budgetcheck
