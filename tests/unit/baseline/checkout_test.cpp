#include "baseline/checkout.h"

#include <gtest/gtest.h>

#include "unit/baseline/base_commit_testing.h"

namespace budgetcheck {
namespace {

class DescribeHead : public BaseOfSituation {
 protected:
  Head head(const std::map<std::string, std::string>& values) {
    const DiskFileSystem files;
    return describe_head(files, fake_variables(values), repo_.path());
  }
};

TEST_F(DescribeHead, APlatformNamesTheBranchOfADetachedCheckout) {
  repo_.git({"checkout", "--quiet", "--detach", c_});
  const Head main = head({{"JENKINS_URL", "x"}, {"BRANCH_NAME", "main"}});
  EXPECT_EQ(main.branch, "main");
  EXPECT_TRUE(main.is_main);
  const Head topic =
      head({{"BUILDKITE", "true"}, {"BUILDKITE_BRANCH", "main"}, {"BUILDKITE_PIPELINE_DEFAULT_BRANCH", "trunk"}});
  EXPECT_EQ(topic.branch, "main");
  EXPECT_FALSE(topic.is_main) << "the platform knows better than the name";
}

TEST_F(DescribeHead, APullRequestThatIsMergedIntoALocalMainIsNotTheMainBranch) {
  repo_.git({"checkout", "--quiet", "main"});
  EXPECT_TRUE(head({{"CI", "true"}}).is_main);
  const Head pull = head({{"DRONE", "true"}, {"DRONE_PULL_REQUEST", "7"}, {"DRONE_COMMIT_BRANCH", "main"}});
  EXPECT_FALSE(pull.is_main);
  EXPECT_EQ(pull.branch, "");
  EXPECT_FALSE(head({{"TRAVIS", "true"}, {"TRAVIS_TAG", "main"}, {"TRAVIS_BRANCH", "main"}}).is_main) << "a tag";
}

}  // namespace
}  // namespace budgetcheck
