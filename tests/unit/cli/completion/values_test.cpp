#include "cli/completion/values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/commands.h"

namespace budgetcheck {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Completion, WhatHelpCallsAValueSaysWhatCompletesIt) {
  const CompletedValue base = completed_value("REV|FILE|none");
  EXPECT_TRUE(base.files);
  EXPECT_THAT(base.words, ElementsAre("none"));
  EXPECT_THAT(completed_value("edit|delete|hide").words, ElementsAre("edit", "delete", "hide"));
  EXPECT_FALSE(completed_value("edit|delete|hide").files);
  EXPECT_TRUE(completed_value("[INPUT...]").files);
  EXPECT_TRUE(completed_value("BASE HEAD").files);
  EXPECT_TRUE(completed_value("DIR").folders);
  for (const char* other : {"NAME", "N", "YYYY-MM-DD", "[REV]", "K/N", "LABEL=GLOB", ""}) {
    EXPECT_FALSE(completed_value(other).files) << other;
    EXPECT_THAT(completed_value(other).words, IsEmpty()) << other;
  }
  EXPECT_TRUE(completed_value("FORMAT[=PATH]").path_after);
}

TEST(Completion, EveryCommandAndOptionIsInEachScript) {
  const std::vector<Command> commands = all_commands();
  const std::string bash = bash_completion(commands);
  const std::string zsh = zsh_completion(commands);
  const std::string fish = fish_completion(commands);
  for (const Command& command : commands) {
    const std::string name(command.name);
    EXPECT_THAT(bash, HasSubstr("      " + name + ") words='"));
    EXPECT_THAT(zsh, HasSubstr("    " + name + ")\n      _arguments"));
    EXPECT_THAT(fish, HasSubstr("-n __budgetcheck_none -a " + name + " -d "));
    for (const Option& option : command.options) {
      EXPECT_THAT(bash, HasSubstr("--" + std::string(option.name)));
      EXPECT_THAT(zsh, HasSubstr("--" + std::string(option.name)));
      EXPECT_THAT(fish, HasSubstr(" -l " + std::string(option.name) + " "));
    }
    for (const Action& action : command.actions) {
      EXPECT_THAT(bash, HasSubstr(std::string(action.name)));
    }
  }
}

TEST(Completion, WordsOfShellsNeedNoQuotes) {
  for (const Command& command : all_commands()) {
    for (const Option& option : command.options) {
      for (const std::string& word : completed_value(option).words) {
        EXPECT_EQ(word.find_first_of(" '\"\\$`*"), std::string::npos) << word;
      }
    }
    for (const std::string& word : completed_value(command.arguments).words) {
      EXPECT_EQ(word.find_first_of(" '\"\\$`*"), std::string::npos) << word;
    }
  }
}

}  // namespace
}  // namespace budgetcheck
