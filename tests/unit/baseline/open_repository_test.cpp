#include <gmock/gmock.h>

#include "baseline/repository.h"
#include "unit/baseline/git_testing.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

class OpenRepository : public testing::Test {
 protected:
  OpenRepository() {
    repo.commit("one");
    repo.git({"clone", "--quiet", "--bare", repo.path(), repo.path("repo/data")});
  }
  GitFolder repo;
};

TEST_F(OpenRepository, ABareOneThatWasOnlyFoundIsRefused) {
  for (const char* folder : {"repo/data", "repo/data/refs"}) {
    const auto opened = open_repository(repo.path(folder), fake_variables({}));
    ASSERT_FALSE(opened) << folder;
    EXPECT_THAT(opened.error().message, HasSubstr("is a bare git repository"));
    EXPECT_THAT(opened.error().hint, HasSubstr("GIT_DIR=" + repo.path("repo/data")));
  }
}

TEST_F(OpenRepository, SoIsOneWhoseSettingsNameAWorkingTree) {
  repo.git({"config", "core.bare", "false"}, repo.path("repo/data"));
  repo.git({"--git-dir", repo.path("repo/data"), "config", "core.worktree", repo.path("repo/data")});
  EXPECT_FALSE(open_repository(repo.path("repo/data"), fake_variables({})));
}

TEST_F(OpenRepository, GitDirNamesABareOne) {
  const Variables named = fake_variables({{"GIT_DIR", repo.path("repo/data")}});
  for (const char* folder : {"repo/data", ""}) {
    const auto opened = open_repository(repo.path(folder), named);
    ASSERT_TRUE(opened);
    ASSERT_NE(*opened, nullptr);
    EXPECT_EQ((*opened)->root(), repo.path("repo/data"));
  }
  // A hook runs with it, and its folder need not be the one that is judged.
  const auto around = open_repository(repo.path(), named);
  ASSERT_TRUE(around);
  EXPECT_EQ((*around)->root(), repo.path());
}

TEST_F(OpenRepository, WhatGitDirNamesMustBeBare) {
  const auto opened = open_repository(repo.path(""), fake_variables({{"GIT_DIR", repo.path("repo/.git")}}));
  ASSERT_TRUE(opened);
  EXPECT_EQ(*opened, nullptr);
  EXPECT_FALSE(open_repository(repo.path("repo/data"), fake_variables({{"GIT_DIR", repo.path("repo/.git")}})));
}

TEST_F(OpenRepository, WorkingTreesAndTheOwnFolderAreOpened) {
  repo.git({"worktree", "add", "--quiet", repo.path("linked")});
  for (const char* folder : {"repo", "linked", "repo/.git"}) {
    const auto opened = open_repository(repo.path(folder), fake_variables({}));
    ASSERT_TRUE(opened) << folder << ": " << opened.error().message;
    EXPECT_NE(*opened, nullptr);
  }
}

}  // namespace
}  // namespace budgetcheck
