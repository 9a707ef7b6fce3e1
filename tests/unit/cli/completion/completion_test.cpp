#include "cli/completion/completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/cli/parsed.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

TEST(CompletionCommand, KnowsThreeShells) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    EXPECT_EQ(errors_of({"completion", shell}), "");
  }
  EXPECT_THAT(errors_of({"completion", "bahs"}), HasSubstr("there is no completion for 'bahs' (did you mean 'bash'?)"));
  EXPECT_THAT(errors_of({"completion", "powershell"}), HasSubstr("(shells: bash, zsh, fish)"));
  EXPECT_THAT(errors_of({"completion"}), HasSubstr("'completion' takes 1 argument (SHELL), not 0"));
}

}  // namespace
}  // namespace budgetcheck
