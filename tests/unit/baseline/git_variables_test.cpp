#include "baseline/git_variables.h"

#include <gmock/gmock.h>

#include "unit/baseline/git_testing.h"

namespace budgetcheck {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(VariablesOfHelpers, NoneWithoutAHelperThatNamesAny) {
  EXPECT_THAT(variables_of_helpers("", fake_variables({})), IsEmpty());
  EXPECT_THAT(variables_of_helpers("credential.helper store\ncredential.helper manager\n", fake_variables({})),
              IsEmpty());
}

TEST(VariablesOfHelpers, ThoseThatACommandNames) {
  EXPECT_THAT(variables_of_helpers("credential.helper !f() { echo \"password=${CI_JOB_TOKEN}\"; echo $1 $A_2 $; }; f\n",
                                   fake_variables({})),
              ElementsAre("A_2", "CI_JOB_TOKEN"));
  EXPECT_THAT(variables_of_helpers("", fake_variables({{"GIT_SSH_COMMAND", "ssh -i $KEY_FILE"}})),
              ElementsAre("KEY_FILE"));
}

TEST(VariablesOfHelpers, ThoseThatAKnownHelperReads) {
  EXPECT_THAT(variables_of_helpers("credential.https://github.com.helper !/usr/bin/gh auth git-credential\n",
                                   fake_variables({})),
              Contains("GH_TOKEN"));
}

TEST(VariablesOfHelpers, ThoseThatAreListed) {
  EXPECT_THAT(variables_of_helpers("", fake_variables({{"BUDGETCHECK_GIT_VARIABLES", " ONE, TWO  * ,"}})),
              ElementsAre("ONE", "TWO"));
}

}  // namespace
}  // namespace budgetcheck
