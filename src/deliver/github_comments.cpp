#include <algorithm>

#include "base/text.h"
#include "deliver/comment_host.h"
#include "json/stream/select.h"
#include "json/writer.h"

namespace budgetcheck {
namespace {

using json::Value;

std::uint64_t id_of(const Value& value, std::string_view key) {
  const Value* found = value.find(key);
  return found != nullptr && found->number() != nullptr && *found->number() > 0
             ? static_cast<std::uint64_t>(*found->number())
             : 0;
}

std::string string_at(const Value& value, std::initializer_list<std::string_view> keys) {
  const Value* found = value.at(keys);
  return found != nullptr && found->string() != nullptr ? *found->string() : std::string();
}

PostedComment comment_of(const Value& value) {
  PostedComment out;
  out.id = id_of(value, "id");
  out.node = string_at(value, {"node_id"});
  out.author = string_at(value, {"user", "login"});
  out.by_bot = string_at(value, {"user", "type"}) == "Bot";
  out.body = string_at(value, {"body"});
  out.url = string_at(value, {"html_url"});
  return out;
}

class GithubComments final : public CommentHost {
 public:
  GithubComments(CommentTarget& target, HttpSession& session) : target_(target), session_(session) {}

  Delivered<std::vector<PostedComment>> find(const std::string& marker, std::size_t first_page,
                                             std::size_t& last_page) override {
    std::vector<PostedComment> out;
    std::uint64_t first_of_page = 0;
    for (std::size_t page = first_page; page <= kMostPages; ++page) {
      last_page = page;
      const HttpResponse response =
          get(issue() + "/comments?per_page=" + std::to_string(kPageSize) + "&page=" + std::to_string(page));
      if (!response.ok()) {
        return tl::unexpected(delivery_problem(response, "the comments could not be read", target_));
      }
      json::Selector wanted;
      for (const char* key : {"*/id", "*/node_id", "*/user/login", "*/user/type", "*/body", "*/html_url"}) {
        wanted.keep(key);
      }
      const auto list = json::select_text("comments", response.body, wanted);
      if (!list || list->array() == nullptr) {
        return tl::unexpected(not_understood("the comments could not be read"));
      }
      // A server that gives the same page again and again knows no pages.
      const std::uint64_t first = list->array()->empty() ? 0 : id_of(list->array()->front(), "id");
      if (first == first_of_page && first != 0) {
        return out;
      }
      first_of_page = first;
      for (const Value& value : *list->array()) {
        PostedComment comment = comment_of(value);
        if (comment.id != 0 && has_marker(comment.body, marker)) {
          out.push_back(std::move(comment));
        }
      }
      const bool more = response.header("link").find("rel=\"next\"") != std::string_view::npos;
      if (!more || list->array()->empty()) {
        std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
        return out;
      }
    }
    return tl::unexpected(DeliveryProblem{"the conversation has more than " + std::to_string(kMostPages * kPageSize) +
                                          " comments, which is not read to its end"});
  }

  Delivered<std::string> own_name() override {
    const HttpResponse user = get("/user");
    if (user.ok()) {
      return member(user, "login");
    }
    if (user.status != 403 && user.status != 404) {
      return tl::unexpected(delivery_problem(user, "who writes here is not known", target_));
    }
    // The token of a run or an app: /user is not for it, GraphQL's viewer is.
    const HttpResponse viewer = graphql("query { viewer { login } }", "");
    if (!viewer.ok()) {
      return std::string();
    }
    json::Selector wanted;
    wanted.keep("data/viewer/login");
    const auto answer = json::select_text("viewer", viewer.body, wanted);
    return answer ? string_at(*answer, {"data", "viewer", "login"}) : std::string();
  }

  Delivered<PostedComment> create(const std::string& body) override {
    return sent("POST", issue() + "/comments", body, false, "the comment was not created");
  }

  Delivered<PostedComment> update(const PostedComment& comment, const std::string& body) override {
    return sent("PATCH", repository() + "/issues/comments/" + std::to_string(comment.id), body, true,
                "the comment was not updated");
  }

  Delivered<void> remove(const PostedComment& comment) override {
    const HttpResponse response =
        session_.request(request("DELETE", repository() + "/issues/comments/" + std::to_string(comment.id)), true);
    if (!response.ok() && response.status != 404) {
      return tl::unexpected(delivery_problem(response, "the comment was not deleted", target_));
    }
    return {};
  }

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
    json::Selector wanted;
    wanted.keep("errors/*/message");
    const auto answer = json::select_text("answer", response.body, wanted);
    const Value* errors = answer ? answer->find("errors") : nullptr;
    if (errors != nullptr && errors->array() != nullptr && !errors->array()->empty()) {
      return tl::unexpected(DeliveryProblem{
          what + ": '" + shorten(printable(string_at(errors->array()->front(), {"message"})), 200) + "'"});
    }
    return {};
  }

  Delivered<void> check_head() override {
    if (target_.head.empty()) {
      return {};
    }
    const std::string what = "nothing was written";
    const HttpResponse response =
        get(repository() + "/commits/" + target_.head + "/pulls?per_page=" + std::to_string(kPageSize));
    if (!response.ok()) {
      return tl::unexpected(
          delivery_problem(response, what + ", the pull requests of the commit could not be read", target_));
    }
    json::Selector wanted;
    wanted.keep("*/number").keep("*/head/sha").keep("*/state");
    const auto list = json::select_text("pulls", response.body, wanted);
    if (!list || list->array() == nullptr) {
      return tl::unexpected(not_understood(what));
    }
    std::vector<std::uint64_t> numbers;
    for (const Value& pull : *list->array()) {
      if (string_at(pull, {"head", "sha"}) == target_.head && string_at(pull, {"state"}) != "closed") {
        numbers.push_back(id_of(pull, "number"));
      }
    }
    if (target_.number == 0) {
      if (numbers.size() != 1) {
        return tl::unexpected(DeliveryProblem{what + ": " + (numbers.empty() ? "no" : "more than one") +
                                              " open pull request has the head " + target_.head +
                                              "; a newer push has a run of its own, else give --pull-request N"});
      }
      target_.number = numbers.front();
      return {};
    }
    if (std::find(numbers.begin(), numbers.end(), target_.number) != numbers.end() || head_of_pull() == target_.head) {
      return {};
    }
    return tl::unexpected(DeliveryProblem{what + ": pull request " + std::to_string(target_.number) +
                                          " is not of the commit " + target_.head +
                                          "; it was pushed to since, or the number is not that run's own"});
  }

 private:
  std::string repository() const { return "/repos/" + target_.repository; }
  std::string issue() const { return repository() + "/issues/" + std::to_string(target_.number); }

  HttpRequest request(std::string method, const std::string& path, std::string body = {}) const {
    HttpRequest out;
    out.method = std::move(method);
    out.url = target_.api + path;
    out.headers = {{"Authorization", "Bearer " + target_.token},
                   {"Accept", "application/vnd.github+json"},
                   {"X-GitHub-Api-Version", "2022-11-28"}};
    out.body = std::move(body);
    return out;
  }

  HttpResponse get(const std::string& path) { return session_.request(request("GET", path), true); }

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

  Delivered<PostedComment> sent(const std::string& method, const std::string& path, const std::string& text,
                                bool repeatable, const std::string& what) {
    json::Writer writer;
    writer.begin_object().member("body", text).end_object();
    const HttpResponse response = session_.request(request(method, path, writer.take()), repeatable);
    if (!response.ok()) {
      return tl::unexpected(delivery_problem(response, what, target_));
    }
    json::Selector wanted;
    for (const char* key : {"id", "node_id", "user/login", "user/type", "body", "html_url"}) {
      wanted.keep(key);
    }
    const auto answer = json::select_text("comment", response.body, wanted);
    return answer ? comment_of(*answer) : PostedComment{};
  }

  std::string head_of_pull() {
    const HttpResponse response = get(repository() + "/pulls/" + std::to_string(target_.number));
    json::Selector wanted;
    wanted.keep("head/sha");
    const auto pull = json::select_text("pull", response.ok() ? response.body : "null", wanted);
    return pull ? string_at(*pull, {"head", "sha"}) : std::string();
  }

  static std::string member(const HttpResponse& response, const char* key) {
    json::Selector wanted;
    wanted.keep(key);
    const auto answer = json::select_text("answer", response.body, wanted);
    return answer ? string_at(*answer, {key}) : std::string();
  }

  DeliveryProblem not_understood(const std::string& what) const {
    return {what + ": the answer of " + target_.api + " is not what GitHub's API gives; check GITHUB_API_URL"};
  }

  CommentTarget& target_;
  HttpSession& session_;
};

}  // namespace

std::unique_ptr<CommentHost> github_comments(CommentTarget& target, HttpSession& session) {
  return std::make_unique<GithubComments>(target, session);
}

}  // namespace budgetcheck
