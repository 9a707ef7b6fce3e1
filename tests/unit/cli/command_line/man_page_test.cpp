#include "cli/command_line/man_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/explain/exit_text.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

TEST(ManPage, HasEveryCommandOptionAndExitCode) {
  const std::vector<Command> commands = all_commands();
  const std::string page = man_page(commands);
  for (const Command& command : commands) {
    EXPECT_THAT(page, HasSubstr("\n.SS " + std::string(command.name) + "\n"));
    for (const Option& option : command.options) {
      EXPECT_THAT(page, HasSubstr("\\fB\\-\\-" + replace_all(std::string(option.name), "-", "\\-") + "\\fR"));
    }
  }
  for (const ExitText& exit : exit_texts()) {
    EXPECT_THAT(page, HasSubstr(".TP\n\\fB" + std::to_string(static_cast<int>(exit.code)) + "\\fR\n"));
  }
}

TEST(ManPage, NothingOfATextIsARequest) {
  Command command;
  command.name = "odd";
  command.summary = ".so /etc/passwd";
  command.text = "'a \\n - b";
  command.examples = {".exe"};
  const std::string page = man_page({command});
  EXPECT_THAT(page, HasSubstr("\n\\&.so /etc/passwd.\n"));
  EXPECT_THAT(page, HasSubstr("\n\\&'a \\en \\- b\n"));
  EXPECT_THAT(page, HasSubstr("\n\\&.exe\n"));
  EXPECT_EQ(man_page(all_commands()), ascii(man_page(all_commands())));
}

}  // namespace
}  // namespace budgetcheck
