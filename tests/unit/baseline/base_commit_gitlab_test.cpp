#include "unit/baseline/base_commit_testing.h"

namespace budgetcheck {
namespace {

using Values = std::map<std::string, std::string>;

class GitlabBase : public BaseOfSituation {};

TEST_F(GitlabBase, FollowsThePipeline) {
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
  EXPECT_FALSE(base(c_, {{"GITLAB_CI", "true"}, {"CI_PIPELINE_SOURCE", "push"}, {"CI_COMMIT_TAG", "v1"}}).found());
}

TEST_F(GitlabBase, WhatNoPushStartedIsComparedByItsBranch) {
  Values web{{"GITLAB_CI", "true"},
             {"CI_PIPELINE_SOURCE", "web"},
             {"CI_COMMIT_BRANCH", "main"},
             {"CI_DEFAULT_BRANCH", "main"},
             {"CI_COMMIT_BEFORE_SHA", a_}};
  EXPECT_EQ(base(c_, web).commit, b_);
  web["CI_COMMIT_BRANCH"] = "feature";
  EXPECT_EQ(base(head_, web).how, "merge base of HEAD and origin/main (web on feature)");
  EXPECT_EQ(base(head_, web).commit, b_);
}

}  // namespace
}  // namespace budgetcheck
