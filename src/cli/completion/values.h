#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command_line/command.h"

namespace budgetcheck {

/// What a shell may offer for the value of an option or for an argument.
struct CompletedValue {
  std::vector<std::string> words;
  bool files = false;
  bool folders = false;     ///< and no other files
  bool path_after = false;  ///< WORD=PATH
};

/// From what help calls it: "REV|FILE|none", "[INPUT...]".
CompletedValue completed_value(std::string_view usage);
/// The same with the words that are known beside it.
CompletedValue completed_value(const Option& option);
CompletedValue completed_value(const Arguments& arguments);

// The scripts, made from the table of commands. What is in them is as old as the program that wrote them.

std::string bash_completion(const std::vector<Command>& commands);
std::string zsh_completion(const std::vector<Command>& commands);
std::string fish_completion(const std::vector<Command>& commands);

}  // namespace budgetcheck
