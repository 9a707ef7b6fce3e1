#include "baseline/ci_environment.h"

#include <gmock/gmock.h>

#include "unit/baseline/git_testing.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Platform = CiEnvironment::Platform;

TEST(CiEnvironment, KnowsThePlatformByWhatItSets) {
  const MemoryFileSystem files;
  const auto platform = [&](std::map<std::string, std::string> values) {
    return read_ci_environment(files, fake_variables(std::move(values))).platform;
  };
  EXPECT_EQ(platform({}), Platform::kNone);
  EXPECT_EQ(platform({{"CI", "true"}}), Platform::kOther);
  EXPECT_EQ(platform({{"CI", "false"}}), Platform::kNone);
  EXPECT_EQ(platform({{"CI", "true"}, {"GITHUB_EVENT_NAME", "push"}}), Platform::kGithub);
  EXPECT_EQ(platform({{"CI", "true"}, {"GITLAB_CI", "true"}}), Platform::kGitlab);
}

TEST(CiEnvironment, WhatNamesNoCommitIsEmpty) {
  MemoryFileSystem files;
  files.add("event.json", R"({"before": ")" + std::string(40, '0') + R"(", "after": "main", "forced": true})");
  const CiEnvironment ci = read_ci_environment(
      files,
      fake_variables({{"GITHUB_EVENT_NAME", "push"}, {"GITHUB_SHA", "HEAD"}, {"GITHUB_EVENT_PATH", "event.json"}}));
  EXPECT_EQ(ci.github.before, "");
  EXPECT_EQ(ci.github.after, "");
  EXPECT_EQ(ci.github.sha, "");
  EXPECT_EQ(ci.github.forced, true);
  EXPECT_TRUE(ci.notes.empty());
}

TEST(CiEnvironment, AnEventThatCannotBeReadIsANote) {
  const MemoryFileSystem files;
  const CiEnvironment ci =
      read_ci_environment(files, fake_variables({{"GITHUB_EVENT_NAME", "push"}, {"GITHUB_EVENT_PATH", "none.json"}}));
  EXPECT_THAT(ci.notes, ElementsAre(HasSubstr("the event of this run (GITHUB_EVENT_PATH) was not read")));
}

TEST(CiEnvironment, SaysWhetherTheRunIsForAPullRequest) {
  MemoryFileSystem files;
  files.add("event.json", R"({"workflow_run": {"event": "pull_request"}})");
  const auto is_change = [&](std::map<std::string, std::string> values) {
    return read_ci_environment(files, fake_variables(std::move(values))).is_change_request();
  };
  const auto github = [&](const char* event) {
    return is_change({{"GITHUB_ACTIONS", "true"}, {"GITHUB_EVENT_NAME", event}, {"GITHUB_REF", "refs/heads/main"}});
  };
  for (const char* event : {"pull_request", "pull_request_target", "pull_request_review", "merge_group"}) {
    EXPECT_TRUE(github(event)) << event;
  }
  for (const char* event : {"push", "schedule", "workflow_dispatch", "workflow_run", "release", ""}) {
    EXPECT_FALSE(github(event)) << event;
  }
  EXPECT_TRUE(is_change({{"GITHUB_EVENT_NAME", "workflow_run"}, {"GITHUB_EVENT_PATH", "event.json"}}));
  EXPECT_TRUE(is_change({{"GITHUB_ACTIONS", "true"}, {"GITHUB_REF", "refs/pull/7/merge"}}));

  EXPECT_TRUE(is_change({{"CI_PIPELINE_SOURCE", "merge_request_event"}}));
  EXPECT_TRUE(is_change({{"CI_PIPELINE_SOURCE", "external_pull_request_event"}}));
  EXPECT_TRUE(is_change({{"CI_PIPELINE_SOURCE", "parent_pipeline"}, {"CI_MERGE_REQUEST_IID", "3"}}));
  EXPECT_FALSE(is_change({{"CI_PIPELINE_SOURCE", "parent_pipeline"}}));
  EXPECT_FALSE(is_change({{"CI_PIPELINE_SOURCE", "push"}, {"CI_COMMIT_BRANCH", "feature"}}));
  EXPECT_FALSE(is_change({{"CI_PIPELINE_SOURCE", "push"}, {"CI_MERGE_REQUEST_IID", "3"}})) << "left by something else";

  EXPECT_TRUE(is_change({{"JENKINS_URL", "x"}, {"CHANGE_ID", "7"}}));
  EXPECT_TRUE(is_change({{"TF_BUILD", "True"}, {"SYSTEM_PULLREQUEST_PULLREQUESTID", "17"}}));
  EXPECT_TRUE(is_change({{"BITBUCKET_BUILD_NUMBER", "1"}, {"BITBUCKET_PR_ID", "7"}}));
  EXPECT_TRUE(is_change({{"BUILDKITE", "true"}, {"BUILDKITE_PULL_REQUEST", "7"}}));
  EXPECT_TRUE(is_change({{"BUILDKITE", "true"}, {"BUILDKITE_MERGE_QUEUE_BASE_BRANCH", "main"}}));
  EXPECT_TRUE(is_change({{"TRAVIS", "true"}, {"TRAVIS_PULL_REQUEST", "7"}}));
  EXPECT_TRUE(is_change({{"DRONE", "true"}, {"DRONE_PULL_REQUEST", "7"}}));
  EXPECT_TRUE(is_change({{"CI_PIPELINE_EVENT", "pull_request"}, {"CI_COMMIT_PULL_REQUEST", "7"}}));
  EXPECT_TRUE(is_change({{"CIRCLECI", "true"}, {"CIRCLE_PULL_REQUEST", "https://github.com/o/r/pull/7"}}));
  EXPECT_FALSE(is_change({{"TRAVIS", "true"}, {"TRAVIS_PULL_REQUEST", "false"}}));
  EXPECT_FALSE(is_change({{"CI", "true"}}));
  EXPECT_FALSE(is_change({{"CHANGE_ID", "7"}})) << "a variable of this name may be anybody's";
  EXPECT_FALSE(is_change({}));
}

}  // namespace
}  // namespace budgetcheck
