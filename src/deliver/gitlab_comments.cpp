#include <algorithm>
#include <regex>

#include "base/number.h"
#include "base/text.h"
#include "deliver/comment_host.h"
#include "json/stream/select.h"
#include "json/writer.h"

namespace budgetcheck {
namespace {

using json::Value;

/// The names that GitLab gives to project and group access tokens; nobody can register one.
bool is_token_name(const std::string& name) {
  static const std::regex kBot("(project|group)_[0-9]{1,12}_bot(_[0-9a-f]{1,64})?");
  constexpr std::size_t kLongest = 200;
  return name.size() <= kLongest && std::regex_match(name, kBot);
}

std::string string_at(const Value& value, std::initializer_list<std::string_view> keys) {
  const Value* found = value.at(keys);
  return found != nullptr && found->string() != nullptr ? *found->string() : std::string();
}

PostedComment note_of(const Value& value) {
  PostedComment out;
  const Value* id = value.find("id");
  out.id =
      id != nullptr && id->number() != nullptr && *id->number() > 0 ? static_cast<std::uint64_t>(*id->number()) : 0;
  out.author = string_at(value, {"author", "username"});
  out.by_bot = is_token_name(out.author);
  out.body = string_at(value, {"body"});
  return out;
}

std::string percent_encoded(const std::string& project) { return replace_all(project, "/", "%2F"); }

class GitlabComments final : public CommentHost {
 public:
  GitlabComments(CommentTarget& target, HttpSession& session) : target_(target), session_(session) {}

  Delivered<std::vector<PostedComment>> find(const std::string& marker, std::size_t first_page,
                                             std::size_t& last_page) override {
    std::vector<PostedComment> out;
    for (std::size_t page = first_page; page <= kMostPages; ++page) {
      last_page = page;
      const HttpResponse response = session_.request(
          request("GET", notes() + "?sort=asc&order_by=created_at&per_page=" + std::to_string(kPageSize) +
                             "&page=" + std::to_string(page)),
          true);
      if (!response.ok()) {
        return tl::unexpected(delivery_problem(response, "the notes could not be read", target_));
      }
      json::Selector wanted;
      for (const char* key : {"*/id", "*/author/username", "*/body", "*/system"}) {
        wanted.keep(key);
      }
      const auto list = json::select_text("notes", response.body, wanted);
      if (!list || list->array() == nullptr) {
        return tl::unexpected(DeliveryProblem{"the notes could not be read: the answer of " + target_.api +
                                              " is not what GitLab's API gives; check CI_API_V4_URL"});
      }
      for (const Value& value : *list->array()) {
        const Value* system = value.find("system");
        const bool is_system = system != nullptr && system->boolean() != nullptr && *system->boolean();
        PostedComment note = note_of(value);
        if (note.id != 0 && !is_system && has_marker(note.body, marker)) {
          out.push_back(std::move(note));
        }
      }
      // GitLab leaves out its page headers where counting costs too much; a full page has another behind it, perhaps.
      const std::string_view next = trim(response.header("x-next-page"));
      const bool more = response.header("x-page").empty() ? list->array()->size() == kPageSize : !next.empty();
      if (!more || list->array()->empty()) {
        std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
        return out;
      }
    }
    return tl::unexpected(DeliveryProblem{"the merge request has more than " + std::to_string(kMostPages * kPageSize) +
                                          " notes, which are not read to their end"});
  }

  Delivered<std::string> own_name() override {
    const HttpResponse response = session_.request(request("GET", "/user"), true);
    if (!response.ok()) {
      return tl::unexpected(delivery_problem(response, "who writes here is not known", target_));
    }
    json::Selector wanted;
    wanted.keep("username");
    const auto answer = json::select_text("user", response.body, wanted);
    return answer ? string_at(*answer, {"username"}) : std::string();
  }

  Delivered<PostedComment> create(const std::string& body) override {
    return sent("POST", notes(), body, false, "the note was not created");
  }
  Delivered<PostedComment> update(const PostedComment& comment, const std::string& body) override {
    return sent("PUT", notes() + "/" + std::to_string(comment.id), body, true, "the note was not updated");
  }
  Delivered<void> remove(const PostedComment& comment) override {
    const HttpResponse response = session_.request(request("DELETE", notes() + "/" + std::to_string(comment.id)), true);
    if (!response.ok() && response.status != 404) {
      return tl::unexpected(delivery_problem(response, "the note was not deleted", target_));
    }
    return {};
  }

  bool can_hide() const override { return false; }
  Delivered<void> set_hidden(const PostedComment& /*comment*/, bool /*hidden*/) override { return {}; }
  Delivered<void> check_head() override {
    if (target_.head.empty()) {
      return {};
    }
    const HttpResponse response = session_.request(request("GET", merge_request()), true);
    if (!response.ok()) {
      return tl::unexpected(
          delivery_problem(response, "nothing was written, the merge request could not be read", target_));
    }
    json::Selector wanted;
    wanted.keep("sha");
    const auto answer = json::select_text("merge request", response.body, wanted);
    if (!answer || string_at(*answer, {"sha"}) != target_.head) {
      return tl::unexpected(DeliveryProblem{"nothing was written: merge request " + std::to_string(target_.number) +
                                            " is not of the commit " + target_.head});
    }
    return {};
  }

 private:
  std::string merge_request() const {
    return "/projects/" + percent_encoded(target_.repository) + "/merge_requests/" + std::to_string(target_.number);
  }
  std::string notes() const { return merge_request() + "/notes"; }

  HttpRequest request(std::string method, const std::string& path, std::string body = {}) const {
    HttpRequest out;
    out.method = std::move(method);
    out.url = target_.api + path;
    out.headers = {{"PRIVATE-TOKEN", target_.token}, {"Accept", "application/json"}};
    out.body = std::move(body);
    return out;
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
    for (const char* key : {"id", "author/username", "body"}) {
      wanted.keep(key);
    }
    const auto answer = json::select_text("note", response.body, wanted);
    return answer ? note_of(*answer) : PostedComment{};
  }

  CommentTarget& target_;
  HttpSession& session_;
};

}  // namespace

std::unique_ptr<CommentHost> gitlab_comments(CommentTarget& target, HttpSession& session) {
  return std::make_unique<GitlabComments>(target, session);
}

}  // namespace budgetcheck
