#include "cli/command_line/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <map>
#include <set>
#include <utility>

#include "base/append.h"
#include "base/text.h"
#include "base/text/suggestion.h"

namespace budgetcheck {
namespace {

namespace po = boost::program_options;

constexpr const char* kArgument = "argument";

Error usage(std::string message, std::string hint = {}) {
  return {ErrorKind::kUsage, std::move(message), {}, std::move(hint)};
}

/// What was written, before it is known which command it is for.
struct Words {
  std::vector<std::string> arguments;
  std::map<std::string, std::vector<std::string>> options;  ///< values by name, none for a switch
  std::set<std::string> repeated;                           ///< names of options that were given more than once
  std::vector<std::string> unknown;                         ///< names of options that no command has
};

/// The options of all commands: Boost has to know which ones take a value before the command is known.
po::options_description all_options(const std::vector<Command>& commands) {
  po::options_description all;
  std::set<std::string_view> added;
  const auto add = [&](std::string_view name, bool has_value) {
    if (!added.insert(name).second) {
      return;
    }
    const std::string text(name);
    if (has_value) {
      // Not multitoken: that would swallow inputs that follow.
      all.add_options()(text.c_str(), po::value<std::vector<std::string>>());
    } else {
      all.add_options()(text.c_str(), po::bool_switch());
    }
  };
  add("help", false);
  add("version", false);
  for (const Command& command : commands) {
    for (const Option& option : command.options) {
      add(option.name, !option.value.empty());
    }
  }
  all.add_options()(kArgument, po::value<std::vector<std::string>>());
  return all;
}

Expected<Words> split_words(const std::vector<Command>& commands, const std::vector<std::string>& arguments) {
  Words words;
  try {
    // Guessing is off: an abbreviation that works today would break scripts when a longer name joins it.
    const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing &
                      ~po::command_line_style::allow_short;
    const po::options_description described = all_options(commands);
    po::positional_options_description positional;
    positional.add(kArgument, -1);
    const po::parsed_options parsed = po::command_line_parser(arguments)
                                          .options(described)
                                          .positional(positional)
                                          .style(style)
                                          .allow_unregistered()
                                          .run();
    for (const po::option& option : parsed.options) {
      if (option.unregistered) {
        words.unknown.push_back(option.string_key);
      } else if (option.position_key >= 0) {
        words.arguments.insert(words.arguments.end(), option.value.begin(), option.value.end());
      } else {
        const auto [row, is_first] = words.options.try_emplace(option.string_key);
        row->second.insert(row->second.end(), option.value.begin(), option.value.end());
        if (!is_first) {
          words.repeated.insert(option.string_key);
        }
      }
    }
  } catch (const po::error& error) {
    return tl::unexpected(usage(printable(error.what()), "see budgetcheck help"));
  }
  return words;
}

std::string see_help(const Command& command) { return fmt::format("see budgetcheck help {}", command.name); }

/// The option that was probably meant: one of this command, else of any.
std::string nearest_option(const std::string& name, const Command& command, const std::vector<Command>& commands) {
  std::vector<std::string> own{"--help", "--version"};
  for (const Option& option : command.options) {
    own.push_back(fmt::format("--{}", option.name));
  }
  std::vector<std::string> all;
  for (const Command& one : commands) {
    for (const Option& option : one.options) {
      all.push_back(fmt::format("--{}", option.name));
    }
  }
  const std::string near = nearest(name, own);
  return near.empty() ? nearest(name, all) : near;
}

Errors unknown_options(const Words& words, const Command& command, const std::vector<Command>& commands) {
  Errors errors;
  for (const std::string& name : words.unknown) {
    const std::string written = "--" + name;
    const std::string near = nearest_option(written, command, commands);
    errors.push_back(usage(fmt::format("unknown option '{}'", printable(written)),
                           near.empty() ? see_help(command) : did_you_mean(written, near)));
  }
  for (const std::string& argument : words.arguments) {
    if (argument.size() > 1 && argument.starts_with('-')) {
      errors.push_back(usage(fmt::format("unknown option '{}'", printable(argument)),
                             fmt::format("for a file of that name write './{}'", printable(argument))));
    }
  }
  return errors;
}

/// "check, history".
std::string takers_of(const std::string& name, const std::vector<Command>& commands) {
  std::vector<std::string> takers;
  for (const Command& command : commands) {
    if (std::any_of(command.options.begin(), command.options.end(),
                    [&](const Option& option) { return option.name == name; })) {
      takers.emplace_back(command.name);
    }
  }
  return join(takers, ", ");
}

/// Stores the values of one option that was given.
Errors set_option(const Option& option, const std::vector<std::string>& values, bool is_repeated) {
  if (is_repeated && !option.repeatable) {
    return {usage(fmt::format("--{} may be given only once", option.name))};
  }
  if (std::any_of(values.begin(), values.end(), [](const std::string& value) { return value.empty(); })) {
    return {usage(fmt::format("--{} was given an empty value", option.name),
                  "check that the variable behind it is set, or leave the option out")};
  }
  return option.set(values);
}

Errors set_options(const Words& words, const Command& command, const std::vector<Command>& commands) {
  Errors errors;
  for (const auto& [name, values] : words.options) {
    if (name == "help" || name == "version") {
      continue;
    }
    const auto option = std::find_if(command.options.begin(), command.options.end(),
                                     [&, wanted = &name](const Option& one) { return one.name == *wanted; });
    if (option == command.options.end()) {
      errors.push_back(usage(fmt::format("'{}' takes no --{}", command.name, name),
                             fmt::format("it is an option of {}; {}", takers_of(name, commands), see_help(command))));
    } else {
      append_to(errors, set_option(*option, values, words.repeated.contains(name)));
    }
  }
  return errors;
}

/// "no arguments", "2 arguments (BASE HEAD)", "at most 1 argument ([REV])".
std::string bounds_text(std::size_t least, std::size_t most, std::string_view names) {
  if (most == 0) {
    return "no arguments";
  }
  const bool is_open = most == Arguments::kAnyNumber;
  const std::size_t number = is_open ? least : most;
  return fmt::format("{}{} ({})",
                     is_open        ? "at least "
                     : least < most ? "at most "
                                    : "",
                     counted(number, "argument"), names);
}

/// The one message about the number of arguments. `what`: the command, or one of its actions.
Errors wrong_number(const std::string& what, std::string_view usage_text, std::size_t least, std::size_t most,
                    const std::vector<std::string>& given, const Command& command) {
  if (given.size() >= least && given.size() <= most) {
    return {};
  }
  const std::string surplus =
      given.size() > most ? fmt::format("unexpected argument '{}': ", printable(given[most])) : "";
  const std::string number = given.size() < least ? fmt::format(", not {}", given.size()) : "";
  return {usage(fmt::format("{}'{}' takes {}{}", surplus, what, bounds_text(least, most, usage_text), number),
                fmt::format("for example: {}", command.examples.front()))};
}

Errors wrong_action(const std::vector<std::string>& given, const Command& command) {
  const std::string action = given.empty() ? "" : given.front();
  std::vector<std::string> names;
  for (const Action& one : command.actions) {
    if (one.name == action) {
      return wrong_number(fmt::format("{} {}", command.name, action), one.usage, one.least, one.most,
                          {given.begin() + 1, given.end()}, command);
    }
    names.emplace_back(one.name);
  }
  const std::string near = nearest(action, names);
  return {usage(fmt::format("'{}' takes {}{}", command.name, replace_all(usage_of(command), "|", " | "),
                            action.empty() ? "" : fmt::format(", not '{}'", printable(action))),
                near.empty() ? see_help(command) : did_you_mean(action, near))};
}

Errors set_arguments(const std::vector<std::string>& given, const Command& command) {
  const Arguments& takes = command.arguments;
  Errors errors = command.actions.empty()
                      ? wrong_number(std::string(command.name), takes.usage, takes.least, takes.most, given, command)
                      : wrong_action(given, command);
  if (errors.empty()) {
    takes.set(given);
  }
  return errors;
}

/// Takes the name of a command off the front of the arguments; null: there is none. The values of unknown options may
/// stand before it.
const Command* take_command(Words& words, const std::vector<Command>& commands) {
  const std::size_t most = std::min(words.arguments.size(), words.unknown.size() + 1);
  for (std::size_t i = 0; i < most; ++i) {
    for (const Command& command : commands) {
      if (command.name == words.arguments[i]) {
        words.arguments.erase(words.arguments.begin() + static_cast<std::ptrdiff_t>(i));
        return &command;
      }
    }
  }
  return nullptr;
}

/// Takes "-h" out of the arguments; the only option with a short form.
bool take_short_help(std::vector<std::string>& arguments) { return std::erase(arguments, "-h") != 0; }

/// "-o FILE" is short for "--output FILE".
std::vector<std::string> with_long_names(std::vector<std::string> arguments) {
  std::replace(arguments.begin(), arguments.end(), std::string("-o"), std::string("--output"));
  return arguments;
}

bool is_own_option(const Command& command, std::string_view name) {
  return name == "help" || name == "version" ||
         std::any_of(command.options.begin(), command.options.end(),
                     [&](const Option& option) { return option.name == name; });
}

/// "explain --base" asks what --base means.
std::vector<std::string> with_options_as_arguments(std::vector<std::string> arguments,
                                                   const std::vector<Command>& commands) {
  const auto command = std::find_if(commands.begin(), commands.end(), [&](const Command& one) {
    return !arguments.empty() && one.name == arguments.front() && one.arguments.may_be_options;
  });
  for (std::string& argument : arguments) {
    const std::string_view name = std::string_view(argument).substr(0, argument.find('='));
    if (command != commands.end() && name.size() > 2 && name.starts_with("--") &&
        !is_own_option(*command, name.substr(2))) {
      argument = std::string(name.substr(2));
    }
  }
  return arguments;
}

}  // namespace

ExpectedAll<CommandLine> parse_command_line(const std::vector<Command>& commands,
                                            const std::vector<std::string>& arguments) {
  Expected<Words> words = split_words(commands, with_long_names(with_options_as_arguments(arguments, commands)));
  if (!words) {
    return tl::unexpected(Errors{std::move(words.error())});
  }
  const bool short_help = take_short_help(words->arguments);
  CommandLine line;
  line.help = short_help || words->options.contains("help");
  line.version = words->options.contains("version");
  line.command = commands.front();
  line.is_named = !words->arguments.empty();
  if (const Command* named = take_command(*words, commands)) {
    line.command = *named;
  } else if (line.is_named) {
    line.first_word = words->arguments.front();
  }
  Errors errors = unknown_options(*words, line.command, commands);
  // What follows an unknown option may be its value, and help is for those who do not know the arguments.
  const bool may_count = errors.empty() && !line.help && !line.version;
  append_to(errors, set_options(*words, line.command, commands));
  if (may_count) {
    append_to(errors, set_arguments(words->arguments, line.command));
  }
  if (line.command.verify && may_count) {
    append_to(errors, line.command.verify());
  }
  if (!errors.empty()) {
    return tl::unexpected(std::move(errors));
  }
  return line;
}

Errors misspelt_command(const FileSystem& files, const std::string& word, const std::vector<std::string>& names) {
  const bool is_word = !word.empty() && word.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string::npos;
  const std::string near = is_word && files.kind(word) == FileKind::kMissing ? nearest(word, names) : "";
  // "dist" that is not built is not "list": slips of the hand keep the first letter, or change the order alone.
  if (near.empty() ||
      (word.front() != near.front() && !std::is_permutation(word.begin(), word.end(), near.begin(), near.end()))) {
    return {};
  }
  return {usage(fmt::format("unknown command '{}': did you mean '{}'?", word, near))};
}

}  // namespace budgetcheck
