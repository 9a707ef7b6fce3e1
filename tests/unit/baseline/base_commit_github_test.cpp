#include <gmock/gmock.h>

#include "unit/baseline/base_commit_testing.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using Values = std::map<std::string, std::string>;

class GithubBase : public BaseOfSituation {};

TEST_F(GithubBase, AMergeRefIsComparedWithItsFirstParent) {
  const BaseCommit found = base(merge_, pull(merge_));
  EXPECT_EQ(found.commit, c_);
  EXPECT_EQ(found.how, "first parent of the merge commit (GITHUB_REF=refs/pull/7/merge)");
}

TEST_F(GithubBase, TheHeadOfAPullRequestIsComparedWithTheMergeBase) { EXPECT_EQ(base(head_, pull(merge_)).commit, b_); }

TEST_F(GithubBase, AMergeThatIsThePullRequestsOwnHeadIsNoMergeRef) {
  const BaseCommit found =
      base(merge_, pull(std::string(40, '1')), R"({"pull_request": {"head": {"sha": ")" + merge_ + R"("}}})");
  EXPECT_EQ(found.commit, c_) << "the merge base with main, which happens to be the first parent here";
  EXPECT_THAT(found.how, HasSubstr("merge base of HEAD and origin/main"));
}

TEST_F(GithubBase, PushesFollowTheEvent) {
  const Values push{{"GITHUB_ACTIONS", "true"}, {"GITHUB_EVENT_NAME", "push"}, {"GITHUB_REF", "refs/heads/main"}};
  const std::string rest = R"(", "repository": {"default_branch": "main"}})";
  EXPECT_EQ(base(c_, push, R"({"before": ")" + a_ + rest).commit, a_);
  EXPECT_EQ(base(c_, push, R"({"forced": true, "before": ")" + a_ + rest).commit, b_);
  EXPECT_EQ(base(c_, push, R"({"before": ")" + head_ + rest).commit, b_) << "no ancestor: it was forced";
  EXPECT_EQ(base(c_, push, R"({"before": ")" + std::string(40, '0') + rest).commit, b_);
  EXPECT_EQ(base(c_, push, R"({"before": "../../etc/passwd)" + rest).commit, b_);
  EXPECT_EQ(base(c_, push).commit, b_);
}

TEST_F(GithubBase, ABaseThatIsNotInTheCloneIsNamedAllTheSame) {
  const std::string far(40, 'd');
  const Values push{{"GITHUB_ACTIONS", "true"}, {"GITHUB_EVENT_NAME", "push"}, {"GITHUB_REF", "refs/heads/main"}};
  EXPECT_EQ(base(c_, push, R"({"before": ")" + far + "\"}").commit, far);
}

TEST_F(GithubBase, MergeQueue) {
  const Values queue{{"GITHUB_ACTIONS", "true"}, {"GITHUB_EVENT_NAME", "merge_group"}};
  EXPECT_EQ(base(merge_, queue, R"({"merge_group": {"base_sha": ")" + b_ + R"("}})").commit, b_);
  EXPECT_EQ(base(merge_, queue).commit, c_);
}

TEST_F(GithubBase, TimersAndDispatchesFollowTheirBranch) {
  const std::string event = R"({"repository": {"default_branch": "main"}})";
  const auto values = [](const char* name, const char* ref) {
    return Values{{"GITHUB_ACTIONS", "true"}, {"GITHUB_EVENT_NAME", name}, {"GITHUB_REF", ref}};
  };
  for (const char* name : {"schedule", "workflow_dispatch", "repository_dispatch"}) {
    EXPECT_EQ(base(c_, values(name, "refs/heads/main"), event).commit, b_) << name;
  }
  const BaseCommit topic = base(head_, values("workflow_dispatch", "refs/heads/feature"), event);
  EXPECT_EQ(topic.commit, b_);
  EXPECT_EQ(topic.how, "merge base of HEAD and origin/main (workflow_dispatch on feature)");
}

TEST_F(GithubBase, ABranchThatIsNoneIsRefused) {
  Values hostile = pull(std::string(40, '1'));
  hostile["GITHUB_BASE_REF"] = "--upload-pack=x";
  EXPECT_EQ(base(head_, hostile).how,
            "'--upload-pack=x' is not the name of a branch (the pull request's head is checked out, not its merge)");
}

TEST_F(GithubBase, TagsAndOtherEventsHaveNone) {
  for (const auto& [event, ref] : Values{{"push", "refs/tags/v1"}, {"issue_comment", "refs/heads/main"}}) {
    const BaseCommit found = base(c_, {{"GITHUB_ACTIONS", "true"}, {"GITHUB_EVENT_NAME", event}, {"GITHUB_REF", ref}});
    EXPECT_FALSE(found.found()) << event;
    EXPECT_THAT(found.hint, HasSubstr("--base REV"));
  }
}

}  // namespace
}  // namespace budgetcheck
