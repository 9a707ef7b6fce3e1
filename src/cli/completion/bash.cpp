#include <fmt/format.h>

#include <map>
#include <set>

#include "base/text.h"
#include "cli/completion/values.h"

namespace budgetcheck {
namespace {

// Bash breaks words at '=' too, so that "--output json=x" is four words: what belongs to a value is put together again.
// Where COMPREPLY stays empty bash offers files, and where none make sense compopt takes that away. Bash 3.2, which
// macOS has, knows no compopt: there files are offered too often.
constexpr std::string_view kBegin = R"sh(# bash completion for budgetcheck, made by: budgetcheck completion bash
_budgetcheck() {
  local cur=${COMP_WORDS[COMP_CWORD]} command= action= option= value= word= words= files=1 i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ -n $option ]]; then
      if [[ -z $value || $value == *= || $word == = ]]; then
        value+=$word
        continue
      fi
      option=
    fi
    case $word in
)sh";

constexpr std::string_view kAfterOptions = R"sh(        option=$word value=
        ;;
      -o) option=--output value= ;;
      -*) ;;
)sh";

constexpr std::string_view kAfterCommands =
    R"sh(        if [[ -z $command ]]; then command=$word; else action=${action:-$word}; fi
        ;;
      *) if [[ -z $command ]]; then command=check; else action=${action:-$word}; fi ;;
    esac
  done
  if [[ -n $option ]]; then
    if [[ $cur == = ]]; then
      value+=$cur cur=
    fi
    if [[ -n $value && $value != *= ]]; then
      option=
    fi
    value=${value#=}
  fi
  if [[ -n $option && $value == *= ]]; then
    return # FORMAT=PATH: a file
  fi
  if [[ -n $option ]]; then
    case "${command:-check} $option" in
)sh";

constexpr std::string_view kAfterValues = R"sh(    esac
  elif [[ $cur == -* ]]; then
    files=
    case ${command:-check} in
)sh";

constexpr std::string_view kAfterNames = R"sh(    esac
  elif [[ -z $command ]]; then
)sh";

constexpr std::string_view kAfterFirst = R"sh(  else
    case "$command${action:+ $action}" in
)sh";

constexpr std::string_view kEnd = R"sh(    esac
  fi
  while IFS= read -r word; do
    [[ -n $word ]] && COMPREPLY+=("$word")
  done < <(compgen -W "$words" -- "$cur")
  if [[ -z $files ]]; then
    compopt +o default 2>/dev/null
  fi
  return 0
}
complete -o default -F _budgetcheck budgetcheck
)sh";

/// `pattern) words='…' files= ;;`
std::string row(const std::string& pattern, const CompletedValue& value) {
  const bool files = value.files || value.folders;
  if (value.words.empty() && files) {
    return {};
  }
  return fmt::format("      {}) words='{}'{} ;;\n", pattern, join(value.words, " "), files ? "" : " files=");
}

std::string names_of_commands(const std::vector<Command>& commands, std::string_view separator) {
  std::vector<std::string> names;
  for (const Command& command : commands) {
    names.emplace_back(command.name);
  }
  return join(names, separator);
}

std::string values_of_options(const std::vector<Command>& commands) {
  std::string out;
  for (const Command& command : commands) {
    for (const Option& option : command.options) {
      out += option.value.empty() ? std::string()
                                  : row(fmt::format("'{} --{}'", command.name, option.name), completed_value(option));
    }
  }
  return out;
}

std::string names_of_options(const std::vector<Command>& commands) {
  std::string out;
  for (const Command& command : commands) {
    std::string names;
    for (const Option& option : command.options) {
      names += fmt::format("--{} ", option.name);
    }
    out += fmt::format("      {}) words='{}--help' ;;\n", command.name, names);
  }
  return out;
}

std::string arguments_of(const std::vector<Command>& commands) {
  std::string out;
  for (const Command& command : commands) {
    std::vector<std::string> actions;
    for (const Action& action : command.actions) {
      actions.emplace_back(action.name);
      out += row(fmt::format("'{} {}'", command.name, action.name), completed_value(action.usage));
    }
    // Behind the first argument the pattern has that one too.
    const CompletedValue value = completed_value(command.arguments);
    out += actions.empty() ? row(fmt::format("{0}|'{0} '*", command.name), value)
                           : row(std::string(command.name), {actions, false, false, false});
  }
  return out;
}

}  // namespace

std::string bash_completion(const std::vector<Command>& commands) {
  std::set<std::string> with_value;
  for (const Command& command : commands) {
    for (const Option& option : command.options) {
      if (!option.value.empty()) {
        with_value.insert(fmt::format("--{}", option.name));
      }
    }
  }
  std::string out(kBegin);
  out += fmt::format("      {})\n{}", join({with_value.begin(), with_value.end()}, " | "), kAfterOptions);
  out += fmt::format("      {})\n{}", names_of_commands(commands, " | "), kAfterCommands);
  out += values_of_options(commands);
  out += kAfterValues;
  out += names_of_options(commands);
  out += kAfterNames;
  out += fmt::format("    words='{}'\n", names_of_commands(commands, " "));
  out += kAfterFirst;
  out += arguments_of(commands);
  out += kEnd;
  return out;
}

}  // namespace budgetcheck
