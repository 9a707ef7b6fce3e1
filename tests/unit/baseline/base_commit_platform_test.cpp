#include <gmock/gmock.h>

#include "unit/baseline/base_commit_testing.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using Values = std::map<std::string, std::string>;

// Real clones of each platform are in tests/git/test_platforms.py.
class PlatformBase : public BaseOfSituation {};

TEST_F(PlatformBase, AnUnknownPlatformIsComparedByTheClone) {
  EXPECT_EQ(base(head_, {{"CI", "true"}}).how, "merge base of HEAD and origin/main");
}

TEST_F(PlatformBase, TheOtherSideOfAMergeIsTheTargetWhicheverCameFirst) {
  Values env{{"DRONE", "true"}, {"DRONE_PULL_REQUEST", "7"}, {"DRONE_TARGET_BRANCH", "main"}};
  env["DRONE_COMMIT_SHA"] = head_;
  EXPECT_EQ(base(merge_, env).commit, c_);
  env["DRONE_COMMIT_SHA"] = c_;
  EXPECT_EQ(base(merge_, env).commit, head_) << "merged the other way round";
  env["DRONE_COMMIT_SHA"] = merge_;
  EXPECT_THAT(base(merge_, env).how, HasSubstr("merge base of HEAD and origin/main (DRONE_TARGET_BRANCH)"));
}

TEST_F(PlatformBase, ATargetThatIsNotNamedIsNotGuessed) {
  const Values env{{"JENKINS_URL", "x"}, {"CHANGE_ID", "7"}};
  const BaseCommit found = base(head_, env);
  EXPECT_FALSE(found.found());
  EXPECT_THAT(found.how, HasSubstr("CHANGE_TARGET is not set"));
  EXPECT_THAT(found.hint, HasSubstr("BUDGETCHECK_BASE"));
}

TEST_F(PlatformBase, TheDefaultBranchIsThatOfTheCloneWhereThePlatformNamesNone) {
  const Values env{{"CIRCLECI", "true"}, {"CIRCLE_BRANCH", "feature"}, {"CIRCLE_PULL_REQUEST", "https://h/o/r/pull/7"}};
  EXPECT_FALSE(base(head_, env).found());
  repo_.git({"symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"});
  const BaseCommit found = base(head_, env);
  EXPECT_EQ(found.commit, b_);
  EXPECT_EQ(found.how, "merge base of HEAD and origin/main (the default branch: CircleCI names no target)");
}

TEST_F(PlatformBase, APushOfTheMainBranchIsComparedWithWhatWasBuiltBefore) {
  repo_.git({"symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"});
  Values env{{"JENKINS_URL", "x"}, {"BRANCH_NAME", "main"}, {"GIT_PREVIOUS_COMMIT", a_}};
  EXPECT_EQ(base(c_, env).commit, a_);
  env["GIT_PREVIOUS_COMMIT"] = a_.substr(0, 10);
  EXPECT_EQ(base(c_, env).commit, a_);
  env["GIT_PREVIOUS_COMMIT"] = c_;
  EXPECT_EQ(base(c_, env).commit, b_) << "the same commit is built again";
  env["GIT_PREVIOUS_COMMIT"] = head_;
  EXPECT_EQ(base(c_, env).commit, b_) << "no ancestor: it was forced";
  env["TAG_NAME"] = "v1";
  EXPECT_FALSE(base(c_, env).found());
}

}  // namespace
}  // namespace budgetcheck
