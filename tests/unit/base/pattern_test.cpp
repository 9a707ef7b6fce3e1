#include "base/pattern.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(Pattern, IsUnanchored) {
  const auto pattern = Pattern::compile("moment|^left-pad$");
  ASSERT_TRUE(pattern);
  EXPECT_TRUE(pattern->found_in("moment-timezone"));
  EXPECT_TRUE(pattern->found_in("left-pad"));
  EXPECT_FALSE(pattern->found_in("my-left-pad"));
}

TEST(Pattern, RefusesWhatCannotBeMeant) {
  for (const std::string_view bad : {"", "(", "a(?=b)", R"((a)\1)", "a*", "moment|", "a{1000}{1000}"}) {
    const auto pattern = Pattern::compile(bad);
    ASSERT_FALSE(pattern) << bad;
    EXPECT_EQ(pattern.error().kind, ErrorKind::kUsage);
    EXPECT_FALSE(pattern.error().hint.empty()) << bad;
  }
  EXPECT_TRUE(Pattern::compile(std::string(Pattern::kMaxLength, 'a')));
  EXPECT_FALSE(Pattern::compile(std::string(Pattern::kMaxLength + 1, 'a')));
}

TEST(Pattern, StaysLinearOnWhatMakesOthersExplode) {
  const auto pattern = Pattern::compile("(a+)+$");
  ASSERT_TRUE(pattern);
  EXPECT_FALSE(pattern->found_in(std::string(100'000, 'a') + "!"));
}

TEST(Pattern, SurvivesInvalidUtf8) {
  const auto pattern = Pattern::compile("b");
  ASSERT_TRUE(pattern);
  EXPECT_TRUE(pattern->found_in("\xff\xfe b"));
  EXPECT_FALSE(Pattern::compile("\xff"));
}

}  // namespace
}  // namespace budgetcheck
