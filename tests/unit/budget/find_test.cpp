#include <gtest/gtest.h>

#include "unit/budget/loading_testing.h"

namespace budgetcheck {
namespace {

TEST(FindBudgets, LooksUpwardsToTheRepository) {
  MemoryFileSystem files;
  files.add("repo/.git/HEAD", "");
  files.add("repo/budgets.json", "{}");
  files.add("repo/app/src/x", "");
  files.add("budgets.yml", "");
  EXPECT_EQ(*find_budgets_file(files, "repo/app/src"), "repo/budgets.json");
  EXPECT_EQ(*find_budgets_file(files, "repo"), "repo/budgets.json");
  files.add("repo2/.git", "gitdir: x");
  files.add("repo2/app/x", "");
  EXPECT_EQ(*find_budgets_file(files, "repo2/app"), "");
  files.add("plain/x", "");
  EXPECT_EQ(*find_budgets_file(files, "plain"), "budgets.yml");
  files.add("repo/budgets.yml", "");
  const auto two = find_budgets_file(files, "repo/app");
  ASSERT_FALSE(two);
  EXPECT_EQ(two.error().kind, ErrorKind::kUsage);
}

TEST(FindBudgets, StopsAtTheRoot) {
  MemoryFileSystem files;
  files.add("/a/b/x", "");
  EXPECT_EQ(*find_budgets_file(files, "/a/b"), "");
  files.add("/budgets.yaml", "");
  EXPECT_EQ(*find_budgets_file(files, "/a/b"), "/budgets.yaml");
}

}  // namespace
}  // namespace budgetcheck
