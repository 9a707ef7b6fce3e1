#include "baseline/ci_platforms.h"

#include <gtest/gtest.h>

#include <map>

#include "unit/baseline/git_testing.h"

namespace budgetcheck {
namespace {

using Values = std::map<std::string, std::string>;

PlatformRun read(const Values& values) { return read_platform_run(fake_variables(values)); }

std::string name_of(const Values& values) {
  const PlatformRun run = read(values);
  return run.platform == nullptr ? "" : run.platform->name;
}

TEST(CiPlatforms, EachIsKnownByWhatItSets) {
  EXPECT_EQ(name_of({{"TF_BUILD", "True"}}), "Azure Pipelines");
  EXPECT_EQ(name_of({{"BITBUCKET_BUILD_NUMBER", "12"}}), "Bitbucket Pipelines");
  EXPECT_EQ(name_of({{"BUILDKITE", "true"}}), "Buildkite");
  EXPECT_EQ(name_of({{"CIRCLECI", "true"}}), "CircleCI");
  EXPECT_EQ(name_of({{"DRONE", "true"}}), "Drone");
  EXPECT_EQ(name_of({{"TRAVIS", "true"}}), "Travis CI");
  EXPECT_EQ(name_of({{"CI", "woodpecker"}, {"CI_PIPELINE_EVENT", "push"}}), "Woodpecker");
  EXPECT_EQ(name_of({{"JENKINS_URL", "https://ci.example/"}}), "Jenkins");
  EXPECT_EQ(name_of({{"CHANGE_TARGET", "main"}}), "Jenkins") << "a container that got a few variables only";
  EXPECT_EQ(name_of({{"CI", "true"}}), "");
  EXPECT_EQ(name_of({{"TRAVIS", "false"}, {"CIRCLECI", ""}}), "");
}

TEST(CiPlatforms, FalseZeroAndEmptyAreNoPullRequest) {
  for (const char* value : {"", "false", "0"}) {
    EXPECT_FALSE(read({{"BUILDKITE", "true"}, {"BUILDKITE_PULL_REQUEST", value}}).is_change_request()) << value;
    EXPECT_FALSE(read({{"TRAVIS", "true"}, {"TRAVIS_PULL_REQUEST", value}}).is_change_request()) << value;
  }
  EXPECT_TRUE(read({{"TRAVIS", "true"}, {"TRAVIS_PULL_REQUEST", "7"}}).is_change_request());
  EXPECT_TRUE(read({{"JENKINS_URL", "x"}, {"CHANGE_ID", "I8473b95934"}}).is_change_request()) << "Gerrit's";
}

TEST(CiPlatforms, ThePrefixOfABranchIsTakenOff) {
  const auto target = [](const char* value) {
    return read({{"TF_BUILD", "True"}, {"SYSTEM_PULLREQUEST_TARGETBRANCH", value}}).target.text;
  };
  EXPECT_EQ(target("refs/heads/main"), "main");
  EXPECT_EQ(target("main"), "main");
  EXPECT_EQ(target("refs/heads/release/1.0"), "release/1.0");
  EXPECT_EQ(target("refs/tags/v1"), "") << "no branch";
  EXPECT_EQ(read({{"JENKINS_URL", "x"}, {"GIT_BRANCH", "origin/main"}}).branch.text, "main");
  EXPECT_EQ(read({{"JENKINS_URL", "x"}, {"BRANCH_NAME", "origin/main"}}).branch.text, "origin/main");
}

TEST(CiPlatforms, AFullRefIsABranchATagOrAMerge) {
  const auto azure = [](const char* ref) { return read({{"TF_BUILD", "True"}, {"BUILD_SOURCEBRANCH", ref}}); };
  EXPECT_EQ(azure("refs/heads/topic/a").branch.text, "topic/a");
  EXPECT_EQ(azure("refs/tags/v1").tag.shown(), "BUILD_SOURCEBRANCH=v1");
  EXPECT_EQ(azure("refs/tags/v1").branch.text, "");
  EXPECT_EQ(azure("refs/pull/7/merge").merge_ref.text, "refs/pull/7/merge");
  EXPECT_EQ(azure("refs/pull/7/merge").branch.text, "");
  EXPECT_TRUE(azure("refs/pull/7/head").merge_ref.empty());
}

TEST(CiPlatforms, WhatNamesNoCommitIsEmpty) {
  const std::string full(40, 'a');
  const auto before = [](const std::string& value) {
    return read({{"TRAVIS", "true"}, {"TRAVIS_EVENT_TYPE", "push"}, {"TRAVIS_COMMIT_RANGE", value}}).before.text;
  };
  EXPECT_EQ(before("0ee91f38f189...e7090ffc4ef8"), "0ee91f38f189");
  EXPECT_EQ(before(full), full);
  EXPECT_EQ(before(full + "a"), "");
  EXPECT_EQ(before("abcdef"), "") << "too short to mean a commit";
  EXPECT_EQ(before("...e7090ffc4ef8"), "");
  EXPECT_EQ(before("origin/main...HEAD"), "");
  EXPECT_EQ(before("--upload-pack=x"), "");
  EXPECT_EQ(before(std::string(40, '0')), "");
}

TEST(CiPlatforms, OnlyAPushHasACommitBefore) {
  const Values cron{{"DRONE", "true"}, {"DRONE_BUILD_EVENT", "cron"}, {"DRONE_COMMIT_BEFORE", std::string(40, 'a')}};
  EXPECT_EQ(read(cron).before.text, "");
  Values push = cron;
  push["DRONE_BUILD_EVENT"] = "push";
  EXPECT_EQ(read(push).before.text, std::string(40, 'a'));
}

TEST(CiPlatforms, WhatIsShownIsOneSafeLine) {
  const CiValue value{"CHANGE_TARGET", "a\n\x1b[31m" + std::string(500, 'x')};
  EXPECT_EQ(value.shown().find_first_of("\n\x1b"), std::string::npos);
  EXPECT_LT(value.shown().size(), 150U);
}

}  // namespace
}  // namespace budgetcheck
