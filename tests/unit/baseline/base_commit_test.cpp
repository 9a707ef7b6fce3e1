#include "baseline/base_commit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "baseline/checkout.h"
#include "baseline/merge_base.h"
#include "unit/baseline/git_testing.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using Values = std::map<std::string, std::string>;

/// main: a - b - c; feature: from b, two commits; merge: of c and feature.
class BaseOfSituation : public testing::Test {
 protected:
  void SetUp() override {
    a_ = repo_.commit("a");
    b_ = repo_.commit("b");
    repo_.git({"checkout", "--quiet", "-b", "feature"});
    repo_.commit("f1");
    head_ = repo_.commit("f2");
    repo_.git({"checkout", "--quiet", "main"});
    c_ = repo_.commit("c");
    repo_.git({"checkout", "--quiet", "--detach"});
    repo_.git({"merge", "--quiet", "--no-ff", "-m", "merge", "feature"});
    merge_ = repo_.git({"rev-parse", "HEAD"});
    // As a clone has them.
    repo_.git({"update-ref", "refs/remotes/origin/main", c_});
    repo_.git({"remote", "add", "origin", repo_.path("gone")});
  }

  BaseCommit base(const std::string& head, const Values& values, const std::string& event = {}) {
    repo_.git({"checkout", "--quiet", "--detach", head});
    Values all = values;
    if (!event.empty()) {
      all["GITHUB_EVENT_PATH"] = repo_.write("event.json", event);
    }
    const DiskFileSystem files;
    auto checkout = open_checkout(files, fake_variables(all), repo_.path(), {});
    if (!checkout || !*checkout) {
      ADD_FAILURE() << "the repository was not opened";
      return {};
    }
    return base_of_situation((*checkout)->question(false));
  }

  Values pull(const std::string& sha) const {
    return {{"GITHUB_ACTIONS", "true"},
            {"GITHUB_EVENT_NAME", "pull_request"},
            {"GITHUB_REF", "refs/pull/7/merge"},
            {"GITHUB_SHA", sha},
            {"GITHUB_BASE_REF", "main"}};
  }

  GitFolder repo_;
  std::string a_, b_, c_, head_, merge_;
};

TEST_F(BaseOfSituation, AMergeRefIsComparedWithItsFirstParent) {
  const BaseCommit found = base(merge_, pull(merge_));
  EXPECT_EQ(found.commit, c_);
  EXPECT_EQ(found.how, "first parent of the merge commit (GITHUB_REF=refs/pull/7/merge)");
}

TEST_F(BaseOfSituation, TheHeadOfAPullRequestIsComparedWithTheMergeBase) {
  EXPECT_EQ(base(head_, pull(merge_)).commit, b_);
}

TEST_F(BaseOfSituation, AMergeThatIsThePullRequestsOwnHeadIsNoMergeRef) {
  const BaseCommit found =
      base(merge_, pull(std::string(40, '1')), R"({"pull_request": {"head": {"sha": ")" + merge_ + R"("}}})");
  EXPECT_EQ(found.commit, c_) << "the merge base with main, which happens to be the first parent here";
  EXPECT_THAT(found.how, HasSubstr("merge base of HEAD and origin/main"));
}

TEST_F(BaseOfSituation, PushesFollowTheEvent) {
  const Values push{{"GITHUB_ACTIONS", "true"}, {"GITHUB_EVENT_NAME", "push"}, {"GITHUB_REF", "refs/heads/main"}};
  const std::string rest = R"(", "repository": {"default_branch": "main"}})";
  EXPECT_EQ(base(c_, push, R"({"before": ")" + a_ + rest).commit, a_);
  EXPECT_EQ(base(c_, push, R"({"forced": true, "before": ")" + a_ + rest).commit, b_);
  EXPECT_EQ(base(c_, push, R"({"before": ")" + head_ + rest).commit, b_) << "no ancestor: it was forced";
  EXPECT_EQ(base(c_, push, R"({"before": ")" + std::string(40, '0') + rest).commit, b_);
  EXPECT_EQ(base(c_, push, R"({"before": "../../etc/passwd)" + rest).commit, b_);
  EXPECT_EQ(base(c_, push).commit, b_);
}

TEST_F(BaseOfSituation, ABaseThatIsNotInTheCloneIsNamedAllTheSame) {
  const std::string far(40, 'd');
  const Values push{{"GITHUB_ACTIONS", "true"}, {"GITHUB_EVENT_NAME", "push"}, {"GITHUB_REF", "refs/heads/main"}};
  EXPECT_EQ(base(c_, push, R"({"before": ")" + far + "\"}").commit, far);
}

TEST_F(BaseOfSituation, MergeQueue) {
  const Values queue{{"GITHUB_ACTIONS", "true"}, {"GITHUB_EVENT_NAME", "merge_group"}};
  EXPECT_EQ(base(merge_, queue, R"({"merge_group": {"base_sha": ")" + b_ + R"("}})").commit, b_);
  EXPECT_EQ(base(merge_, queue).commit, c_);
}

TEST_F(BaseOfSituation, TagsAndTimersHaveNone) {
  for (const auto& [event, ref] : Values{{"push", "refs/tags/v1"}, {"schedule", "refs/heads/main"}}) {
    const BaseCommit found = base(c_, {{"GITHUB_ACTIONS", "true"}, {"GITHUB_EVENT_NAME", event}, {"GITHUB_REF", ref}});
    EXPECT_FALSE(found.found()) << event;
    EXPECT_THAT(found.hint, HasSubstr("--base REV"));
  }
}

TEST_F(BaseOfSituation, Gitlab) {
  Values request{
      {"GITLAB_CI", "true"}, {"CI_PIPELINE_SOURCE", "merge_request_event"}, {"CI_MERGE_REQUEST_DIFF_BASE_SHA", b_}};
  EXPECT_EQ(base(head_, request).commit, b_);
  request["CI_MERGE_REQUEST_EVENT_TYPE"] = "merged_result";
  EXPECT_EQ(base(merge_, request).commit, c_);
  const Values push{{"GITLAB_CI", "true"},
                    {"CI_PIPELINE_SOURCE", "push"},
                    {"CI_COMMIT_BRANCH", "main"},
                    {"CI_DEFAULT_BRANCH", "main"},
                    {"CI_COMMIT_BEFORE_SHA", a_}};
  EXPECT_EQ(base(c_, push).commit, a_);
  EXPECT_FALSE(base(c_, {{"GITLAB_CI", "true"}, {"CI_PIPELINE_SOURCE", "schedule"}}).found());
}

TEST_F(BaseOfSituation, WithoutCiTheBranchPoint) {
  EXPECT_EQ(base(head_, {}).commit, b_);
  EXPECT_EQ(base(c_, {}).commit, b_);
  EXPECT_FALSE(base(a_, {}).found()) << "the first commit";
}

TEST_F(BaseOfSituation, AncestryIsKnownInAFullClone) {
  const auto repository = open_repository(repo_.path(), fake_variables({}));
  ASSERT_TRUE(repository);
  EXPECT_EQ(is_ancestor(**repository, a_, c_), std::optional<bool>(true));
  EXPECT_EQ(is_ancestor(**repository, head_, c_), std::optional<bool>(false));
  EXPECT_EQ(is_ancestor(**repository, std::string(40, 'd'), c_), std::nullopt);
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

TEST(ShellWord, QuotesWhatAShellWouldRead) {
  EXPECT_EQ(shell_word("refs/heads/main"), "refs/heads/main");
  EXPECT_EQ(shell_word("a b"), "'a b'");
  EXPECT_EQ(shell_word("x';id;'"), "'x'\\'';id;'\\'''");
  EXPECT_EQ(shell_word(""), "''");
}

TEST(WithoutCredentials, AreRemovedFromEveryAddress) {
  EXPECT_EQ(without_credentials("fatal: 'https://u:p@h/x' and http://t@h:8/y@z"),
            "fatal: 'https://h/x' and http://h:8/y@z");
  EXPECT_EQ(without_credentials("https://u:p@ss@h/x"), "https://h/x");
  EXPECT_EQ(without_credentials("git@github.com:a/b ://"), "git@github.com:a/b ://");
}

}  // namespace
}  // namespace budgetcheck
