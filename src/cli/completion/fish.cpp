#include <fmt/format.h>

#include <set>

#include "base/text.h"
#include "cli/completion/values.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kBegin = R"sh(# fish completion for budgetcheck, made by: budgetcheck completion fish

# The command of the line so far: the first word that is neither an option nor the value of one; nothing: none yet.
function __budgetcheck_command
    set -l skip 0
    for word in (commandline -opc)[2..-1]
        if test $skip = 1
            set skip 0
            continue
        end
        switch $word
)sh";

constexpr std::string_view kAfterOptions = R"sh(                set skip 1
            case '-*'
                continue
            case '*'
                echo -- $word
                return
        end
    end
end

function __budgetcheck_is
    contains -- (__budgetcheck_command) $argv
end

function __budgetcheck_none
    test -z "$(__budgetcheck_command)"
end

# Without a command, and where the first word is an INPUT, it is check.
function __budgetcheck_check
    set -l command (__budgetcheck_command)
    not contains -- "$command" )sh";

constexpr std::string_view kAfterNames = R"sh(
end

)sh";

std::string quoted(const std::string& text) {
  return "'" + replace_all(replace_all(text, "\\", "\\\\"), "'", "\\'") + "'";
}

std::string summary_of(std::string_view text) {
  constexpr std::size_t kWidth = 80;
  return quoted(shorten(text.substr(0, text.find(';')), kWidth));
}

std::string condition_of(const Command& command, bool is_default) {
  return is_default ? "__budgetcheck_check" : fmt::format("'__budgetcheck_is {}'", command.name);
}

/// "-r -F", "-x -a '…'": what follows the option.
std::string value_of(const CompletedValue& value) {
  const std::string words = value.words.empty() ? "" : fmt::format(" -a {}", quoted(join(value.words, " ")));
  if (value.folders) {
    return " -x -a '(__fish_complete_directories)'";
  }
  // Behind '=' in a word fish completes files by itself, where they are not forbidden.
  return (value.files || value.path_after ? " -r -F" : " -x") + words;
}

std::string option_lines(const Command& command, bool is_default) {
  std::string out;
  for (const Option& option : command.options) {
    out += fmt::format("complete -c budgetcheck -n {} -l {}{} -d {}\n", condition_of(command, is_default), option.name,
                       option.value.empty() ? " -f" : value_of(completed_value(option)), summary_of(option.text));
  }
  return out;
}

std::string argument_lines(const Command& command) {
  const std::string condition = condition_of(command, false);
  std::string out;
  bool files = false;
  for (const Action& action : command.actions) {
    files = files || completed_value(action.usage).files;
    out += fmt::format("complete -c budgetcheck -n {} -a {} -d {}\n", condition, action.name, summary_of(action.text));
  }
  const CompletedValue value = completed_value(command.arguments);
  if (!value.words.empty()) {
    out += fmt::format("complete -c budgetcheck -n {} -a {}\n", condition, quoted(join(value.words, " ")));
  }
  if (!files && !value.files) {
    out += fmt::format("complete -c budgetcheck -n {} -f\n", condition);
  }
  return out;
}

}  // namespace

std::string fish_completion(const std::vector<Command>& commands) {
  std::set<std::string> with_value{"-o"};
  std::vector<std::string> others;
  for (const Command& command : commands) {
    if (&command != &commands.front()) {
      others.emplace_back(command.name);
    }
    for (const Option& option : command.options) {
      if (!option.value.empty()) {
        with_value.insert(fmt::format("--{}", option.name));
      }
    }
  }
  std::string out(kBegin);
  out += fmt::format("            case {}\n{}{}{}", join({with_value.begin(), with_value.end()}, " "), kAfterOptions,
                     join(others, " "), kAfterNames);
  for (const Command& command : commands) {
    out += fmt::format("complete -c budgetcheck -n __budgetcheck_none -a {} -d {}\n", command.name,
                       summary_of(command.summary));
  }
  for (const Command& command : commands) {
    const bool is_default = &command == &commands.front();
    out += "\n" + option_lines(command, is_default) + (is_default ? "" : argument_lines(command));
  }
  return out + "\ncomplete -c budgetcheck -s h -l help -f -d 'show help'\n";
}

}  // namespace budgetcheck
