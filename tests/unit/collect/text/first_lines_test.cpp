#include "collect/text/first_lines.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/file_system.h"

namespace budgetcheck {
namespace {

std::vector<std::string> lines_of(std::string_view head, std::size_t most = SIZE_MAX) {
  std::vector<std::string> all;
  for (FirstLines lines(head, most); lines.next();) {
    all.push_back(std::string(lines.line()) + (lines.ended() ? "" : "~"));
  }
  return all;
}

using Lines = std::vector<std::string>;

TEST(FirstLines, LinesAndTheirEnds) {
  EXPECT_EQ(lines_of(""), Lines{});
  EXPECT_EQ(lines_of("a\r\n\nlast"), (Lines{"a", "", "last~"}));
  EXPECT_EQ(lines_of("a\n"), (Lines{"a"}));
  EXPECT_EQ(lines_of("a\nb\nc\n", 2), (Lines{"a", "b"}));
}

TEST(FirstLines, AGuardedLineIsFollowedByZeroBytes) {
  FirstLines lines("{}\nnext");
  ASSERT_TRUE(lines.next());
  const std::string_view line = lines.guarded();
  EXPECT_EQ(line, "{}");
  EXPECT_EQ(std::string_view(line.data() + line.size(), FileContent::kGuard), std::string(FileContent::kGuard, '\0'));
}

}  // namespace
}  // namespace budgetcheck
