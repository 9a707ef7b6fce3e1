#include "deliver/comment_target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace budgetcheck {
namespace {

using testing::HasSubstr;

using Environment = std::map<std::string, std::string>;

Variables variables(const Environment& values) {
  return [&values](const char* name) {
    const auto found = values.find(name);
    return found == values.end() ? nullptr : found->second.c_str();
  };
}

CommentWishes numbered(std::uint64_t number) {
  CommentWishes wishes;
  wishes.number = number;
  return wishes;
}

CommentWishes of_repository(std::string repository) {
  CommentWishes wishes;
  wishes.repository = std::move(repository);
  return wishes;
}

CommentWishes at_head(std::string head) {
  CommentWishes wishes;
  wishes.head = std::move(head);
  return wishes;
}

Expected<CommentTarget> find_target(const Environment& values, const CommentWishes& wishes = {},
                                    const std::string& event = {}) {
  MemoryFileSystem files;
  files.add("event.json", event);
  return find_comment_target(files, variables(values), wishes);
}

const Environment kGithub{{"GITHUB_ACTIONS", "true"}, {"GITHUB_REPOSITORY", "o/r"},
                          {"GITHUB_TOKEN", "t"},      {"GITHUB_REF", "refs/pull/7/merge"},
                          {"GITHUB_JOB", "ci"},       {"GITHUB_EVENT_PATH", "event.json"}};

TEST(CommentTarget, OfAPullRequest) {
  const auto target = find_target(kGithub, {}, R"({"pull_request":{"number":8}})");
  ASSERT_TRUE(target.has_value());
  EXPECT_EQ(target->number, 8U);
  EXPECT_EQ(target->api, "https://api.github.com");
  EXPECT_EQ(target->graphql, "https://api.github.com/graphql");
  EXPECT_EQ(target->job, "ci");
  EXPECT_EQ(why_undeliverable(*target, variables(kGithub)), "");
  EXPECT_EQ(find_target(kGithub, {}, "{}")->number, 7U);
  EXPECT_EQ(find_target(kGithub, numbered(9), R"({"pull_request":{"number":8}})")->number, 9U);
  EXPECT_EQ(find_target(kGithub, {}, R"({"issue":{"number":5,"pull_request":{"url":"x"}}})")->number, 5U);
  EXPECT_EQ(find_target(kGithub, {}, R"({"issue":{"number":5}})")->number, 7U);
}

TEST(CommentTarget, OfEnterprise) {
  Environment values = kGithub;
  values["GITHUB_API_URL"] = "https://ghe.example/api/v3/";
  EXPECT_EQ(find_target(values, {}, "{}")->api, "https://ghe.example/api/v3");
  EXPECT_EQ(find_target(values, {}, "{}")->graphql, "https://ghe.example/api/graphql");
}

TEST(CommentTarget, ARunOfAnotherRunIsHeldAgainstItsCommit) {
  const std::string sha(40, 'a');
  Environment values = kGithub;
  values["GITHUB_REF"] = "refs/heads/main";
  const auto target = find_target(values, {}, R"({"workflow_run":{"head_sha":")" + sha + R"(","pull_requests":[]}})");
  EXPECT_EQ(target->head, sha);
  EXPECT_EQ(target->number, 0U);
  EXPECT_EQ(why_undeliverable(*target, variables(values)), "");
  EXPECT_EQ(find_target(values, {}, R"({"workflow_run":{"head_sha":"main; rm"}})")->head, "");
}

TEST(CommentTarget, AnotherRunSaysWhoseItIsAndHowItEnded) {
  const std::string sha(40, 'a');
  const auto run = [&](const std::string& more) {
    return find_target(kGithub, {}, R"({"workflow_run":{"head_sha":")" + sha + "\"" + more + "}}")->other_run;
  };
  const auto fork =
      run(R"(,"conclusion":"failure","head_repository":{"full_name":"x/r"},"repository":{"full_name":"o/r"})");
  ASSERT_TRUE(fork.has_value());
  EXPECT_TRUE(fork->of_fork);
  EXPECT_EQ(fork->conclusion, "failure");
  EXPECT_FALSE(run(R"(,"head_repository":{"full_name":"o/r"},"repository":{"full_name":"o/r"})")->of_fork);
  EXPECT_TRUE(run(R"(,"head_repository":null,"repository":{"full_name":"o/r"})")->of_fork);
  EXPECT_FALSE(find_target(kGithub, {}, "{}")->other_run.has_value());
  EXPECT_TRUE(find_target(kGithub, at_head(sha), "{}")->other_run.has_value());
  Environment unread = kGithub;
  unread["GITHUB_EVENT_NAME"] = "workflow_run";
  EXPECT_TRUE(find_target(unread, {}, "{")->other_run.has_value());
}

TEST(CommentTarget, OddEventsAreNoEvents) {
  for (const char* event : {"", "{", "[]", "7", R"({"pull_request":[]})", R"({"pull_request":{"number":"8"}})",
                            R"({"pull_request":{"number":1e300}})", R"({"workflow_run":{"pull_requests":{}}})"}) {
    const auto target = find_target(kGithub, {}, event);
    ASSERT_TRUE(target.has_value()) << event;
    EXPECT_EQ(target->number, 7U) << event;
  }
}

TEST(CommentTarget, NamesThatLeadElsewhereAreRefused) {
  for (const char* name : {"o", "o/r/x", "../r", "o/..", "o/r?x", "o/r#", "o r/x", "/r"}) {
    EXPECT_FALSE(find_target(kGithub, of_repository(name), "{}").has_value()) << name;
  }
  EXPECT_FALSE(find_target(kGithub, at_head("main"), "{}").has_value());
  Environment values = kGithub;
  values["GITHUB_TOKEN"] = "a\nb";
  EXPECT_FALSE(find_target(values, {}, "{}").has_value());
  values["GITHUB_TOKEN"] = " abc\n";  // a line break at the end is a habit of secrets
  EXPECT_EQ(find_target(values, {}, "{}")->token, "abc");
}

TEST(CommentTarget, OfGitlab) {
  Environment values{{"GITLAB_CI", "true"},          {"CI_API_V4_URL", "https://g.example/api/v4"},
                     {"CI_PROJECT_ID", "17"},        {"CI_MERGE_REQUEST_PROJECT_ID", "18"},
                     {"CI_MERGE_REQUEST_IID", "3"},  {"CI_JOB_NAME", "perf: [a]"},
                     {"CI_JOB_TOKEN", "job-token-1"}};
  const auto target = find_target(values);
  ASSERT_TRUE(target.has_value());
  EXPECT_EQ(target->repository, "18");
  EXPECT_EQ(target->number, 3U);
  EXPECT_EQ(target->token, "");
  EXPECT_THAT(why_undeliverable(*target, variables(values)), HasSubstr("CI_JOB_TOKEN cannot write notes"));
  EXPECT_EQ(find_target(values, of_repository("group/sub/name"))->repository, "group/sub/name");
}

TEST(CommentTarget, SaysWhatIsMissing) {
  EXPECT_THAT(why_undeliverable(*find_target({}), variables({})), HasSubstr("--dry-run"));
  Environment values = kGithub;
  values.erase("GITHUB_TOKEN");
  EXPECT_THAT(why_undeliverable(*find_target(values, {}, "{}"), variables(values)),
              HasSubstr("GITHUB_TOKEN is not set"));
  values = kGithub;
  values["GITHUB_REF"] = "refs/heads/main";
  EXPECT_THAT(why_undeliverable(*find_target(values, {}, "{}"), variables(values)),
              HasSubstr("belongs to no pull request"));
}

}  // namespace
}  // namespace budgetcheck
