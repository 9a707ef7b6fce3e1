#include "report/words/run_words.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(RunWords, ABaseNamesItsCommitAndHowItWasFound) {
  const BaseInfo base{"notes", std::string(40, 'a'), "merge base with main", 3, {}};
  EXPECT_EQ(base_words(base), "base: aaaaaaa, merge base with main, nearest: 3 commits older");
  EXPECT_EQ(base_words({}), "base: none, absolute limits only");
}

TEST(RunWords, AnInputSaysHowFarItIsUsable) {
  Input input;
  input.message = "the file is empty";
  input.state = InputState::kUnreadable;
  EXPECT_EQ(input_words(input), "not usable: the file is empty");
  input.state = InputState::kIncomplete;
  EXPECT_EQ(input_words(input), "incomplete: the file is empty");
}

TEST(RunWords, AnEmptyRunSaysThatNothingWasMeasured) { EXPECT_EQ(counts_words(Report{}), "nothing was measured"); }

}  // namespace
}  // namespace budgetcheck
