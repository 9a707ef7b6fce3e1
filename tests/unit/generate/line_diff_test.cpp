#include "generate/line_diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

using testing::ElementsAre;

TEST(LineDiff, EndsOfLinesDoNotDiffer) {
  EXPECT_TRUE(line_diff("a\r\nb\r\n", "a\nb\n", 9).empty());
  EXPECT_TRUE(line_diff("", "", 9).empty());
  EXPECT_TRUE(line_diff("a", "a\n", 9).empty());
}

TEST(LineDiff, ShowsWhatIsThereAndWhatHasToBe) {
  const LineDiff diff = line_diff("a\nb\nc\nd\n", "a\nx\nc\nd\ne\n", 9);
  EXPECT_THAT(diff.lines, ElementsAre("- b", "+ x", "+ e"));
  EXPECT_EQ(diff.first_line, 2U);
  const LineDiff cut = line_diff("a\nb\n", "c\nd\ne\n", 2);
  EXPECT_THAT(cut.lines, ElementsAre("- a", "- b"));
  EXPECT_EQ(cut.more, 3U);
  EXPECT_EQ(line_diff("a\n", "a\nb\n", 9).first_line, 2U) << "behind its end";
}

TEST(LineDiff, BigFilesAreDividedOnlyAtTheirEnds) {
  std::string is = "same\n";
  std::string should = "same\n";
  for (int i = 0; i < 3000; ++i) {
    is += "a" + std::to_string(i) + "\n";
    should += "b" + std::to_string(i) + "\n";
  }
  const LineDiff diff = line_diff(is + "end\n", should + "end\n", 1);
  EXPECT_EQ(diff.first_line, 2U);
  EXPECT_EQ(diff.more, 5999U);
}

}  // namespace
}  // namespace budgetcheck
