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

}  // namespace
}  // namespace budgetcheck
