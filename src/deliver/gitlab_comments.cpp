#include <fmt/format.h>

#include "base/pattern.h"
#include "base/text.h"
#include "deliver/http_comments.h"

namespace budgetcheck {
namespace {

using json::Value;

/// The names that GitLab gives to project and group access tokens; nobody can register one.
bool is_token_name(const std::string& name) {
  static const Expected<Pattern> kBot = Pattern::compile("^(project|group)_[0-9]{1,12}_bot(_[0-9a-f]{1,64})?$");
  constexpr std::size_t kLongest = 200;
  return name.size() <= kLongest && kBot && kBot->found_in(name);
}

std::string percent_encoded(const std::string& project) { return replace_all(project, "/", "%2F"); }

class GitlabComments final : public HttpComments {
 public:
  GitlabComments(CommentTarget& target, HttpSession& session)
      : HttpComments(target, session,
                     {"note",
                      "GitLab's API",
                      "CI_API_V4_URL",
                      {"id", "author/username", "body", "system"},
                      {{"PRIVATE-TOKEN", target.token}, {"Accept", "application/json"}}}) {}

  Delivered<std::string> own_name() override {
    const HttpResponse response = get("/user");
    if (!response.ok()) {
      return tl::unexpected(delivery_problem(response, "the author of the token's notes is unknown", target_));
    }
    const auto answer = answer_of(response, {"username"});
    return answer ? string_at(*answer, {"username"}) : std::string();
  }

  Delivered<PostedComment> create(const std::string& body) override {
    return send("POST", notes(), body, false, "was not created");
  }
  Delivered<PostedComment> update(const PostedComment& comment, const std::string& body) override {
    return send("PUT", note(comment), body, true, "was not updated");
  }
  Delivered<void> remove(const PostedComment& comment) override { return send_delete(note(comment)); }

  bool can_hide() const override { return false; }
  Delivered<void> set_hidden(const PostedComment& /*comment*/, bool /*hidden*/) override { return {}; }
  Delivered<void> check_head() override {
    if (target_.head.empty()) {
      return {};
    }
    const HttpResponse response = get(merge_request());
    if (!response.ok()) {
      return tl::unexpected(
          delivery_problem(response, "nothing was written, the merge request could not be read", target_));
    }
    const auto answer = answer_of(response, {"sha"});
    if (!answer || string_at(*answer, {"sha"}) != target_.head) {
      return tl::unexpected(DeliveryProblem{fmt::format(
          "nothing was written: the head of merge request {} is not the commit {}", target_.number, target_.head)});
    }
    return {};
  }

 protected:
  std::string page_path(std::size_t page) const override {
    return fmt::format("{}?sort=asc&order_by=created_at&per_page={}&page={}", notes(), kPageSize, page);
  }

  /// GitLab leaves out its page headers where counting costs too much; behind a full page there may be another.
  bool has_next_page(const HttpResponse& response, std::size_t found) const override {
    return response.header("x-page").empty() ? found == kPageSize : !trim(response.header("x-next-page")).empty();
  }

  PostedComment comment_of(const Value& value) const override {
    const Value* system = value.find("system");
    if (system != nullptr && system->boolean() != nullptr && *system->boolean()) {
      return {};
    }
    PostedComment out;
    out.id = id_at(value, "id");
    out.author = string_at(value, {"author", "username"});
    out.by_bot = is_token_name(out.author);
    out.body = string_at(value, {"body"});
    return out;
  }

 private:
  std::string merge_request() const {
    return fmt::format("/projects/{}/merge_requests/{}", percent_encoded(target_.repository), target_.number);
  }
  std::string notes() const { return merge_request() + "/notes"; }
  std::string note(const PostedComment& comment) const { return fmt::format("{}/{}", notes(), comment.id); }
};

}  // namespace

std::unique_ptr<CommentHost> gitlab_comments(CommentTarget& target, HttpSession& session) {
  return std::make_unique<GitlabComments>(target, session);
}

}  // namespace budgetcheck
