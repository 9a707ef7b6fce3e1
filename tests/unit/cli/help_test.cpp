#include "cli/help.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "base/text.h"
#include "cli/commands.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Shown {
  int code = -1;
  std::string out;
  std::string err;
};

Shown help(const std::string& command) {
  std::ostringstream out;
  std::ostringstream err;
  Shown shown;
  shown.code = run_help({command, false}, out, err);
  shown.out = out.str();
  shown.err = err.str();
  return shown;
}

TEST(Help, ListsEveryCommandAndTheExitCodes) {
  const Shown shown = help("");
  EXPECT_EQ(shown.code, 0);
  for (const std::string& name : command_names()) {
    EXPECT_THAT(shown.out, HasSubstr("\n  " + name + " "));
  }
  EXPECT_THAT(shown.out, HasSubstr("exit codes: 0 within budgets, 1 failed"));
  for (const std::string_view line : split(shown.out, '\n')) {
    EXPECT_LE(line.size(), 80U) << line;
  }
}

TEST(Help, OfOneCommandIsFoundInAnyCase) {
  EXPECT_THAT(help("CHECK").out, HasSubstr("usage: budgetcheck [check] [INPUT...] [options]"));
  EXPECT_THAT(help("baseline").out, HasSubstr("usage: budgetcheck baseline push RESULTS|show [REV]|prune [options]"));
  EXPECT_THAT(help("validate").out, Not(HasSubstr("--base ")));
}

TEST(Help, AnUnknownCommandGetsTheNearest) {
  const Shown shown = help("chek");
  EXPECT_EQ(shown.code, 2);
  EXPECT_EQ(shown.out, "");
  EXPECT_EQ(shown.err, "budgetcheck: there is no command 'chek' (did you mean 'check'?)\n");
}

}  // namespace
}  // namespace budgetcheck
