#include "base/platform/own_process.h"

#include <gtest/gtest.h>

#include <csignal>

namespace budgetcheck {
namespace {

TEST(OwnProcess, KnowsWhereItLies) { EXPECT_NE(own_path().find("budgetcheck_tests"), std::string::npos); }

TEST(OwnProcessDeathTest, AnInputThatIsCutEndsItWithAWord) {
  EXPECT_EXIT(
      {
        exit_when_an_input_is_cut("cut short\n", 3);
        std::raise(SIGBUS);
      },
      testing::ExitedWithCode(3), "cut short");
}

}  // namespace
}  // namespace budgetcheck
