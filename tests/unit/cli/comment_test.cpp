#include "cli/comment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/cli/parsed.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

TEST(CommentCommand, StoresWhatItTakes) {
  const auto line =
      parsed(comment_command, {"comment", "a.json", "b.json", "--pull-request", "12", "--when-green", "hide"});
  ASSERT_TRUE(line) << line.errors;
  EXPECT_EQ(line->results, (std::vector<std::string>{"a.json", "b.json"}));
  EXPECT_EQ(line->pull_request, 12U);
  EXPECT_EQ(line->when_green, "hide");
  EXPECT_FALSE(line->dry_run);
}

TEST(CommentCommand, WrongValuesAreReported) {
  for (const char* number : {"0", "-1", "1.5", "x", "1e99"}) {
    EXPECT_NE(errors_of({"comment", "a", "--pull-request", number}), "") << number;
  }
  EXPECT_THAT(errors_of({"comment", "a", "--when-green", "no"}), HasSubstr("takes edit, delete or hide, not 'no'"));
  EXPECT_THAT(errors_of({"comment"}), HasSubstr("'comment' takes at least 1 argument"));
}

}  // namespace
}  // namespace budgetcheck
