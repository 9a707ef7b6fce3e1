#include "collect/load_test/result_lines.h"

#include <gtest/gtest.h>

#include <string>

namespace budgetcheck {
namespace {

/// Lines that begin with 'x' are results.
ResultLines read(const std::string& text, Input& input) {
  const auto content = content_from_string(text);
  ResultLines lines = read_result_lines(*content, [](std::string_view line) { return line.front() == 'x'; });
  Account account(input);
  lines.say("result", account);
  return lines;
}

TEST(ResultLines, AreCountedWithoutTheEmptyOnes) {
  Input input;
  const ResultLines lines = read("x1\n\n  \nx2\nx3", input);
  EXPECT_EQ(lines.counts.read, 3U);
  EXPECT_EQ(lines.counts.broken, 0U);
  EXPECT_EQ(input.message, "");
  EXPECT_EQ(read("", input).counts.read, 0U);
}

TEST(ResultLines, NameTheFirstThatIsNone) {
  Input input;
  const ResultLines lines = read("x1\n\ny2\ny3\nx4\n", input);
  EXPECT_EQ(lines.counts.broken, 2U);
  EXPECT_EQ(lines.counts.first_broken, 3U);
  EXPECT_EQ(input.state, InputState::kIncomplete);
  EXPECT_EQ(input.message, "2 of 4 lines are no result, the first in line 3");
}

TEST(ResultLines, BreakOffInTheLineThatHasNoEnd) {
  Input input;
  const ResultLines lines = read("x1\n\nx2\n{\"y", input);
  EXPECT_EQ(lines.breaks_off, 4U);
  EXPECT_EQ(lines.counts.broken, 0U);
  EXPECT_EQ(input.message, "the file breaks off in line 4, so the run is not whole");
  Input ended;
  EXPECT_EQ(read("x1\n{\"y\n", ended).breaks_off, 0U);
  EXPECT_EQ(ended.message, "1 of 2 lines is no result, the first in line 2");
}

}  // namespace
}  // namespace budgetcheck
