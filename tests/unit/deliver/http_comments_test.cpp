#include "deliver/http_comments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kMarker = "<!-- m -->";

/// A platform that answers by a function; each request's method and address are kept.
struct Platform {
  std::function<HttpResponse(const HttpRequest&)> answer;
  std::vector<std::string> asked = {};
  CommentTarget target = {};
  std::chrono::steady_clock::time_point time = {};
  HttpSession session{[this](const HttpRequest& request, std::chrono::milliseconds /*timeout*/) {
                        asked.push_back(request.method + " " + request.url);
                        return answer(request);
                      },
                      {[this] { return time; }, [this](std::chrono::milliseconds pause) { time += pause; }},
                      std::chrono::milliseconds(1'000)};

  explicit Platform(std::function<HttpResponse(const HttpRequest&)> by, CommentPlatform platform)
      : answer(std::move(by)) {
    target.platform = platform;
    target.api = "https://api.example";
    target.repository = "group/shop";
    target.number = 7;
    target.token = "secret";
  }
};

HttpResponse ok(std::string body, std::vector<std::pair<std::string, std::string>> headers = {}) {
  HttpResponse out;
  out.status = 200;
  out.body = std::move(body);
  out.headers = std::move(headers);
  return out;
}

std::vector<std::uint64_t> ids_of(const std::vector<PostedComment>& comments) {
  std::vector<std::uint64_t> out;
  for (const PostedComment& comment : comments) {
    out.push_back(comment.id);
  }
  return out;
}

TEST(HttpComments, GithubsPagesAreReadToTheLast) {
  Platform platform(
      [](const HttpRequest& request) {
        return request.url.ends_with("&page=1")
                   ? ok(R"([{"id":9,"body":"<!-- m -->\nx"},{"id":8,"body":"hello"}])", {{"link", "<u>; rel=\"next\""}})
                   : ok(R"([{"id":3,"body":"<!-- m -->"}])");
      },
      CommentPlatform::kGithub);
  const auto host = github_comments(platform.target, platform.session);
  std::size_t last_page = 0;
  const auto found = host->find(kMarker, 1, last_page);
  ASSERT_TRUE(found.has_value()) << found.error().message;
  EXPECT_THAT(ids_of(*found), ElementsAre(3, 9));
  EXPECT_EQ(last_page, 2U);
  EXPECT_THAT(platform.asked[0], "GET https://api.example/repos/group/shop/issues/7/comments?per_page=100&page=1");
}

TEST(HttpComments, GitlabsOwnNotesAreNotComments) {
  Platform platform(
      [](const HttpRequest& /*request*/) {
        return ok(R"([{"id":1,"system":true,"body":"<!-- m -->"},
                      {"id":2,"author":{"username":"project_5_bot_0a"},"body":"<!-- m -->"},
                      {"id":4,"author":{"username":"ann_bot"},"body":"<!-- m -->"}])");
      },
      CommentPlatform::kGitlab);
  const auto host = gitlab_comments(platform.target, platform.session);
  std::size_t last_page = 0;
  const auto found = host->find(kMarker, 1, last_page);
  ASSERT_TRUE(found.has_value()) << found.error().message;
  ASSERT_THAT(ids_of(*found), ElementsAre(2, 4));
  EXPECT_TRUE((*found)[0].by_bot);
  EXPECT_FALSE((*found)[1].by_bot);
  EXPECT_THAT(platform.asked[0], HasSubstr("/projects/group%2Fshop/merge_requests/7/notes?"));
}

TEST(HttpComments, APageThatRepeatsItselfEndsTheList) {
  Platform platform(
      [](const HttpRequest& /*request*/) {
        return ok(R"([{"id":3,"body":"<!-- m -->"}])", {{"link", "<u>; rel=\"next\""}});
      },
      CommentPlatform::kGithub);
  std::size_t last_page = 0;
  const auto found = github_comments(platform.target, platform.session)->find(kMarker, 1, last_page);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(platform.asked.size(), 2U);
}

TEST(HttpComments, AnAnswerOfSomebodyElseNamesTheVariable) {
  Platform platform([](const HttpRequest& /*request*/) { return ok("<html>"); }, CommentPlatform::kGitlab);
  std::size_t last_page = 0;
  const auto found = gitlab_comments(platform.target, platform.session)->find(kMarker, 1, last_page);
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().message,
            "the notes could not be read: the answer of https://api.example is not what GitLab's API returns; check "
            "CI_API_V4_URL");
}

TEST(HttpComments, ARefusalSaysWhatWasNotDone) {
  Platform platform(
      [](const HttpRequest& /*request*/) {
        HttpResponse out;
        out.status = 401;
        out.body = R"({"message":"bad secret"})";
        return out;
      },
      CommentPlatform::kGithub);
  const auto created = github_comments(platform.target, platform.session)->create("text");
  ASSERT_FALSE(created.has_value());
  EXPECT_THAT(created.error().message, HasSubstr("the comment was not created: HTTP 401 'bad ***'"));
}

}  // namespace
}  // namespace budgetcheck
