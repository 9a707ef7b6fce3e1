#include "collect/text/text_lines.h"

#include <gtest/gtest.h>

#include <string>

namespace budgetcheck {
namespace {

TEST(TextLines, LinesAndTheirEnds) {
  const auto content = content_from_string(
      "\xEF\xBB\xBF"
      "a\r\n\nlast");
  TextLines lines(*content);
  ASSERT_TRUE(lines.next());
  EXPECT_EQ(lines.line(), "a");
  EXPECT_FALSE(lines.unended());
  ASSERT_TRUE(lines.next());
  EXPECT_EQ(lines.line(), "");
  ASSERT_TRUE(lines.next());
  EXPECT_EQ(lines.line(), "last");
  EXPECT_EQ(lines.number(), 3U);
  EXPECT_TRUE(lines.unended());
  EXPECT_FALSE(lines.next());
}

TEST(TextLines, ALongLineIsCut) {
  const std::string text = std::string(TextLines::kMaxText + 1, 'x') + "\nb\n";
  const auto content = content_from_string(text);
  TextLines lines(*content);
  ASSERT_TRUE(lines.next());
  EXPECT_TRUE(lines.too_long());
  EXPECT_LT(lines.line().size(), 10'000U);
  ASSERT_TRUE(lines.next());
  EXPECT_EQ(lines.line(), "b");
  EXPECT_FALSE(lines.too_long());
}

}  // namespace
}  // namespace budgetcheck
