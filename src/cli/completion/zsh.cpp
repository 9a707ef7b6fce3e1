#include <fmt/format.h>

#include "base/text.h"
#include "cli/completion/values.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kBegin = R"sh(#compdef budgetcheck
# zsh completion for budgetcheck, made by: budgetcheck completion zsh

# FORMAT or FORMAT=PATH
_budgetcheck_format() {
  if compset -P '*='; then
    _files
  else
    compadd -- "$@"
  fi
}

# The first argument: a command, or an INPUT of check
_budgetcheck_first() {
  local -a commands=(
)sh";

constexpr std::string_view kAfterCommands = R"sh(  )
  _alternative 'commands:command:{ _describe -t commands command commands }' 'files:input:_files'
}

_budgetcheck() {
  local curcontext=$curcontext command=check
  local -a names=()sh";

constexpr std::string_view kAfterNames = R"sh()
  if (( CURRENT > 2 )) && (( ${names[(Ie)$words[2]]} )); then
    command=$words[2]
    shift words
    (( CURRENT-- ))
  elif (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _budgetcheck_first
    return
  fi
  case $command in
)sh";

constexpr std::string_view kEnd = R"sh(  esac
}

if [[ ${funcstack[1]} == _budgetcheck ]]; then
  _budgetcheck "$@" # autoloaded from a folder of fpath
else
  compdef _budgetcheck budgetcheck
fi
)sh";

std::string quoted(const std::string& text) { return "'" + replace_all(text, "'", "'\\''") + "'"; }

/// Inside of the brackets and colons of a specification.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += std::string_view("[]:\\").find(c) != std::string_view::npos ? "\\" : "";
    out += c;
  }
  return out;
}

/// What completes a value: "_files", "(a b)", " " for nothing.
std::string action_of(const CompletedValue& value) {
  const std::string words = join(value.words, " ");
  if (value.path_after) {
    return "_budgetcheck_format " + words;
  }
  if (!value.words.empty() && value.files) {
    return fmt::format("_alternative \"words:word:({})\" \"files:file:_files\"", words);
  }
  if (!value.words.empty()) {
    return "(" + words + ")";
  }
  return value.folders ? "_files -/" : value.files ? "_files" : " ";
}

/// The part of the text that fits beside a name; the whole is in help.
std::string summary_of(const Option& option) {
  constexpr std::size_t kWidth = 80;
  return shorten(option.text.substr(0, option.text.find(';')), kWidth);
}

std::string option_line(const Option& option) {
  const std::string text = fmt::format("[{}]", escaped(summary_of(option)));
  const std::string repeat = option.repeatable ? "*" : "";
  if (option.value.empty()) {
    return quoted(fmt::format("{}--{}{}", repeat, option.name, text));
  }
  return quoted(fmt::format("{}--{}={}:{}:{}", repeat, option.name, text, escaped(lower(option.value)),
                            action_of(completed_value(option))));
}

std::string argument_lines(const Command& command) {
  if (!command.actions.empty()) {
    std::string names;
    bool files = false;
    for (const Action& action : command.actions) {
      names += std::string(names.empty() ? "" : " ") + std::string(action.name);
      files = files || completed_value(action.usage).files;
    }
    return fmt::format(" \\\n        {} \\\n        {}", quoted(fmt::format("1:action:({})", names)),
                       quoted(fmt::format("*:argument:{}", files ? "_files" : " ")));
  }
  if (command.arguments.most == 0) {
    return {};
  }
  const CompletedValue value = completed_value(command.arguments);
  return fmt::format(" \\\n        {}", quoted(fmt::format("{}:{}:{}", command.arguments.most == 1 ? "1" : "*",
                                                           escaped(lower(command.arguments.usage)), action_of(value))));
}

}  // namespace

std::string zsh_completion(const std::vector<Command>& commands) {
  std::string out(kBegin);
  std::vector<std::string> names;
  for (const Command& command : commands) {
    names.emplace_back(command.name);
    out += fmt::format("    {}\n", quoted(fmt::format("{}:{}", command.name, escaped(command.summary))));
  }
  out += kAfterCommands;
  out += join(names, " ");
  out += kAfterNames;
  for (const Command& command : commands) {
    out += fmt::format("    {})\n      _arguments", command.name);
    for (const Option& option : command.options) {
      out += fmt::format(" \\\n        {}", option_line(option));
    }
    out += " \\\n        '(- *)'{-h,--help}'[show help]'" + argument_lines(command) + "\n      ;;\n";
  }
  return out + std::string(kEnd);
}

}  // namespace budgetcheck
