#include "cli/commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

#include "base/text.h"
#include "cli/command_line/help_text.h"
#include "cli/command_line/parse.h"
#include "cli/help.h"
#include "unit/cli/parsed.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

/// The words of an example as a shell makes them, without the program's name and what is redirected.
std::vector<std::string> words_of(std::string_view example) {
  std::vector<std::string> words;
  for (const std::string_view word : split(example, ' ')) {
    if (word == ">") {
      break;
    }
    words.push_back(replace_all(std::string(word), "'", ""));
  }
  words.erase(words.begin());
  return words;
}

/// The options that a help names at the beginning of a line.
std::set<std::string> options_in(const std::string& help) {
  std::set<std::string> names;
  for (const std::string_view line : split(help, '\n')) {
    if (line.starts_with("  --")) {
      const std::string_view rest = line.substr(4);
      names.emplace(rest.substr(0, rest.find(' ')));
    }
  }
  return names;
}

TEST(Commands, EachHasAHelpOfItsOwn) {
  for (const Command& command : all_commands()) {
    const std::string help = help_on(command, false);
    EXPECT_THAT(help, HasSubstr("usage: budgetcheck " + std::string(command.name)));
    EXPECT_THAT(help, HasSubstr("examples:\n  budgetcheck")) << command.name;
    EXPECT_FALSE(command.summary.empty()) << command.name;
    std::set<std::string> own;
    for (const Option& option : command.options) {
      own.emplace(option.name);
      EXPECT_FALSE(option.text.empty()) << option.name;
    }
    EXPECT_EQ(options_in(help), own) << command.name;
    for (const std::string_view line : split(help, '\n')) {
      EXPECT_LE(line.size(), 80U) << line;
    }
  }
}

TEST(Commands, EachExampleIsACommandLineOfTheCommand) {
  for (const Command& command : all_commands()) {
    ASSERT_FALSE(command.examples.empty()) << command.name;
    for (const std::string_view example : command.examples) {
      EXPECT_TRUE(example.starts_with("budgetcheck")) << example;
      EXPECT_EQ(errors_of(words_of(example)), "") << example;
      const auto line = parse_command_line(all_commands(), words_of(example));
      EXPECT_TRUE(line && line->command.name == command.name) << example;
    }
  }
}

TEST(Commands, AnOptionIsOfOneKindWhereverItIsTaken) {
  std::map<std::string_view, std::string_view> values;
  for (const Command& command : all_commands()) {
    for (const Option& option : command.options) {
      const auto [seen, is_new] = values.emplace(option.name, option.value);
      EXPECT_EQ(seen->second.empty(), option.value.empty()) << option.name;
    }
  }
}

TEST(Commands, NamesAreThoseOfTheTable) {
  const std::vector<std::string> names = command_names();
  EXPECT_EQ(names.front(), "check");
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
}

}  // namespace
}  // namespace budgetcheck
