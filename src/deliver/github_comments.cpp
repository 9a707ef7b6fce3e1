#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "deliver/http_comments.h"
#include "json/writer.h"

namespace budgetcheck {
namespace {

using json::Value;

class GithubComments final : public HttpComments {
 public:
  GithubComments(CommentTarget& target, HttpSession& session)
      : HttpComments(target, session,
                     {"comment",
                      "GitHub's API",
                      "GITHUB_API_URL",
                      {"id", "node_id", "user/login", "user/type", "body", "html_url"},
                      {{"Authorization", "Bearer " + target.token},
                       {"Accept", "application/vnd.github+json"},
                       {"X-GitHub-Api-Version", "2022-11-28"}}}) {}

  Delivered<std::string> own_name() override {
    const HttpResponse user = get("/user");
    if (user.ok()) {
      const auto answer = answer_of(user, {"login"});
      return answer ? string_at(*answer, {"login"}) : std::string();
    }
    if (user.status != 403 && user.status != 404) {
      return tl::unexpected(delivery_problem(user, "the author of the token's comments is unknown", target_));
    }
    // The token of a run or an app may not ask /user, but GraphQL's viewer.
    const HttpResponse viewer = graphql("query { viewer { login } }", "");
    const auto answer = viewer.ok() ? answer_of(viewer, {"data/viewer/login"}) : std::nullopt;
    return answer ? string_at(*answer, {"data", "viewer", "login"}) : std::string();
  }

  Delivered<PostedComment> create(const std::string& body) override {
    return send("POST", issue() + "/comments", body, false, "was not created");
  }
  Delivered<PostedComment> update(const PostedComment& comment, const std::string& body) override {
    return send("PATCH", path_of(comment), body, true, "was not updated");
  }
  Delivered<void> remove(const PostedComment& comment) override { return send_delete(path_of(comment)); }

  bool can_hide() const override { return true; }

  Delivered<void> set_hidden(const PostedComment& comment, bool hidden) override {
    const std::string mutation =
        hidden ? "mutation($id: ID!) { minimizeComment(input: {subjectId: $id, classifier: RESOLVED}) { "
                 "clientMutationId } }"
               : "mutation($id: ID!) { unminimizeComment(input: {subjectId: $id}) { clientMutationId } }";
    const std::string what = hidden ? "the comment was not hidden" : "the comment stays hidden";
    const HttpResponse response = graphql(mutation, comment.node);
    if (!response.ok()) {
      return tl::unexpected(delivery_problem(response, what, target_));
    }
    const auto answer = answer_of(response, {"errors/*/message"});
    const Value* errors = answer ? answer->find("errors") : nullptr;
    if (errors != nullptr && errors->array() != nullptr && !errors->array()->empty()) {
      const std::string reason = shorten(printable(string_at(errors->array()->front(), {"message"})), 200);
      return tl::unexpected(DeliveryProblem{fmt::format("{}: '{}'", what, reason)});
    }
    return {};
  }

  Delivered<void> check_head() override {
    if (target_.head.empty()) {
      return {};
    }
    const HttpResponse response =
        get(fmt::format("{}/commits/{}/pulls?per_page={}", repository(), target_.head, kPageSize));
    if (!response.ok()) {
      return tl::unexpected(delivery_problem(
          response, "nothing was written, the pull requests of the commit could not be read", target_));
    }
    const auto list = answer_of(response, {"*/number", "*/head/sha", "*/state"});
    if (!list || list->array() == nullptr) {
      return tl::unexpected(not_understood("nothing was written"));
    }
    std::vector<std::uint64_t> numbers;
    for (const Value& pull : *list->array()) {
      if (string_at(pull, {"head", "sha"}) == target_.head && string_at(pull, {"state"}) != "closed") {
        numbers.push_back(id_at(pull, "number"));
      }
    }
    return check_number(numbers);
  }

 protected:
  std::string page_path(std::size_t page) const override {
    return fmt::format("{}/comments?per_page={}&page={}", issue(), kPageSize, page);
  }

  bool has_next_page(const HttpResponse& response, std::size_t /*found*/) const override {
    return response.header("link").find("rel=\"next\"") != std::string_view::npos;
  }

  PostedComment comment_of(const Value& value) const override {
    PostedComment out;
    out.id = id_at(value, "id");
    out.node = string_at(value, {"node_id"});
    out.author = string_at(value, {"user", "login"});
    out.by_bot = string_at(value, {"user", "type"}) == "Bot";
    out.body = string_at(value, {"body"});
    out.url = string_at(value, {"html_url"});
    return out;
  }

 private:
  std::string repository() const { return "/repos/" + target_.repository; }
  std::string issue() const { return fmt::format("{}/issues/{}", repository(), target_.number); }
  std::string path_of(const PostedComment& comment) const {
    return fmt::format("{}/issues/comments/{}", repository(), comment.id);
  }

  HttpResponse graphql(const std::string& query, const std::string& id) {
    json::Writer writer;
    writer.begin_object().member("query", query);
    if (!id.empty()) {
      writer.key("variables").begin_object().member("id", id).end_object();
    }
    writer.end_object();
    HttpRequest out = request("POST", "", writer.take());
    out.url = target_.graphql;
    return session_.request(out, true);
  }

  /// `numbers`: the open pull requests whose head is the target's.
  Delivered<void> check_number(const std::vector<std::uint64_t>& numbers) {
    if (target_.number == 0) {
      if (numbers.size() != 1) {
        return tl::unexpected(DeliveryProblem{
            fmt::format("nothing was written: {} open pull request has the head {}; a newer push has a run of its own, "
                        "otherwise pass --pull-request N",
                        numbers.empty() ? "no" : "more than one", target_.head)});
      }
      target_.number = numbers.front();
      return {};
    }
    if (std::find(numbers.begin(), numbers.end(), target_.number) != numbers.end() || head_of_pull() == target_.head) {
      return {};
    }
    return tl::unexpected(DeliveryProblem{
        fmt::format("nothing was written: the head of pull request {} is not the commit {}; either somebody pushed in "
                    "the meantime, or the number belongs to another run",
                    target_.number, target_.head)});
  }

  std::string head_of_pull() {
    const HttpResponse response = get(fmt::format("{}/pulls/{}", repository(), target_.number));
    const auto pull = response.ok() ? answer_of(response, {"head/sha"}) : std::nullopt;
    return pull ? string_at(*pull, {"head", "sha"}) : std::string();
  }
};

}  // namespace

std::unique_ptr<CommentHost> github_comments(CommentTarget& target, HttpSession& session) {
  return std::make_unique<GithubComments>(target, session);
}

}  // namespace budgetcheck
