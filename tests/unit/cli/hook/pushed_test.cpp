#include "cli/hook/pushed.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

const std::string kA(40, 'a');
const std::string kB(40, 'b');
const std::string kZeros(40, '0');

TEST(Pushed, LinesOfGit) {
  const auto pushed = read_pushed("refs/heads/x " + kA + " refs/heads/x " + kZeros + "\n(delete) " + kZeros +
                                  " refs/heads/y " + kB + "\nodd line\n\n");
  ASSERT_EQ(pushed.size(), 2U);
  EXPECT_EQ(pushed[0].local_id, kA);
  EXPECT_EQ(pushed[0].remote_id, "");
  EXPECT_EQ(pushed[1].local_id, "");
  EXPECT_FALSE(only_deletes(pushed));
  EXPECT_TRUE(only_deletes({pushed[1]}));
  EXPECT_FALSE(only_deletes({}));
  EXPECT_EQ(pushed_head(pushed, kA), &pushed[0]);
  EXPECT_EQ(pushed_head(pushed, kB), nullptr);
  EXPECT_EQ(pushed_head(pushed, ""), nullptr);
  EXPECT_EQ(pushed_head(read_pushed("refs/tags/v1 " + kA + " refs/tags/v1 " + kZeros), kA), nullptr);
}

TEST(Pushed, VariablesOfPreCommit) {
  const auto pushed = pushed_by_pre_commit([](const char* name) -> const char* {
    const std::string_view asked(name);
    return asked == "PRE_COMMIT_TO_REF"          ? kA.c_str()
           : asked == "PRE_COMMIT_FROM_REF"      ? kB.c_str()
           : asked == "PRE_COMMIT_REMOTE_BRANCH" ? "refs/heads/main"
                                                 : nullptr;
  });
  ASSERT_EQ(pushed.size(), 1U);
  EXPECT_EQ(pushed[0].remote_id, kB);
  EXPECT_EQ(pushed[0].remote_ref, "refs/heads/main");
  EXPECT_TRUE(pushed_by_pre_commit([](const char*) -> const char* { return nullptr; }).empty());
}

}  // namespace
}  // namespace budgetcheck
