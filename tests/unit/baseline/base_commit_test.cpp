#include "baseline/base_commit.h"

#include <gtest/gtest.h>

#include "unit/baseline/base_commit_testing.h"

namespace budgetcheck {
namespace {

TEST_F(BaseOfSituation, WithoutCiTheBranchPoint) {
  EXPECT_EQ(base(head_, {}).commit, b_);
  EXPECT_EQ(base(c_, {}).commit, b_);
  EXPECT_FALSE(base(a_, {}).found()) << "the first commit";
}

TEST_F(BaseOfSituation, ARemoteMustExist) {
  const auto repository = open_repository(repo_.path(), fake_variables({}));
  ASSERT_TRUE(repository);
  EXPECT_EQ(choose_remote(**repository, {}, {}), "origin");
  EXPECT_EQ(choose_remote(**repository, {}, "https://example.org/x.git"), "https://example.org/x.git");
  EXPECT_FALSE(choose_remote(**repository, {}, "upstream"));
  EXPECT_FALSE(choose_remote(**repository, {}, "--upload-pack=x:y")) << "an option is no address";
  CiEnvironment fork;
  fork.gitlab.project_url = "https://gitlab.example/ann/shop";
  fork.gitlab.target_project_url = "https://gitlab.example/shop";
  EXPECT_EQ(choose_remote(**repository, fork, {}), "https://gitlab.example/shop");
}

}  // namespace
}  // namespace budgetcheck
