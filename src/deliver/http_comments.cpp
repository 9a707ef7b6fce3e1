#include "deliver/http_comments.h"

#include <fmt/format.h>

#include <algorithm>

#include "json/stream/select.h"
#include "json/writer.h"

namespace budgetcheck {

HttpComments::HttpComments(CommentTarget& target, HttpSession& session, Dialect dialect)
    : target_(target), session_(session), dialect_(std::move(dialect)) {}

Delivered<std::vector<PostedComment>> HttpComments::find(const std::string& marker, std::size_t first_page,
                                                         std::size_t& last_page) {
  const std::string what = fmt::format("the {}s could not be read", dialect_.noun);
  std::vector<std::string> members;
  for (const std::string& member : dialect_.members) {
    members.push_back("*/" + member);
  }
  std::vector<PostedComment> out;
  std::uint64_t first_of_page = 0;
  for (std::size_t page = first_page; page <= kMostPages; ++page) {
    last_page = page;
    const HttpResponse response = get(page_path(page));
    if (!response.ok()) {
      return tl::unexpected(delivery_problem(response, what, target_));
    }
    const auto list = answer_of(response, members);
    if (!list || list->array() == nullptr) {
      return tl::unexpected(not_understood(what));
    }
    // A server that returns the same page every time does not know pages.
    const std::uint64_t first = list->array()->empty() ? 0 : id_at(list->array()->front(), "id");
    if (first == first_of_page && first != 0) {
      return out;
    }
    first_of_page = first;
    for (const json::Value& value : *list->array()) {
      PostedComment comment = comment_of(value);
      if (comment.id != 0 && has_marker(comment.body, marker)) {
        out.push_back(std::move(comment));
      }
    }
    if (list->array()->empty() || !has_next_page(response, list->array()->size())) {
      std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
      return out;
    }
  }
  return tl::unexpected(DeliveryProblem{fmt::format("the conversation has more than {} {}s, and only these are read",
                                                    kMostPages * kPageSize, dialect_.noun)});
}

HttpRequest HttpComments::request(std::string method, const std::string& path, std::string body) const {
  HttpRequest out;
  out.method = std::move(method);
  out.url = target_.api + path;
  out.headers = dialect_.headers;
  out.body = std::move(body);
  return out;
}

Delivered<PostedComment> HttpComments::send(const std::string& method, const std::string& path, const std::string& text,
                                            bool repeatable, const std::string& what) {
  json::Writer writer;
  writer.begin_object().member("body", text).end_object();
  const HttpResponse response = session_.request(request(method, path, writer.take()), repeatable);
  if (!response.ok()) {
    return tl::unexpected(delivery_problem(response, fmt::format("the {} {}", dialect_.noun, what), target_));
  }
  const auto answer = answer_of(response, dialect_.members);
  return answer ? comment_of(*answer) : PostedComment{};
}

Delivered<void> HttpComments::send_delete(const std::string& path) {
  const HttpResponse response = session_.request(request("DELETE", path), true);
  if (!response.ok() && response.status != 404) {
    return tl::unexpected(delivery_problem(response, fmt::format("the {} was not deleted", dialect_.noun), target_));
  }
  return {};
}

DeliveryProblem HttpComments::not_understood(const std::string& what) const {
  return {fmt::format("{}: the answer of {} is not what {} returns; check {}", what, target_.api, dialect_.api,
                      dialect_.api_variable)};
}

std::optional<json::Value> answer_of(const HttpResponse& response, const std::vector<std::string>& members) {
  json::Selector wanted;
  for (const std::string& member : members) {
    wanted.keep(member);
  }
  auto answer = json::select_text("answer", response.body, wanted);
  return answer ? std::optional<json::Value>(std::move(*answer)) : std::nullopt;
}

std::string string_at(const json::Value& value, std::initializer_list<std::string_view> keys) {
  const json::Value* found = value.at(keys);
  return found != nullptr && found->string() != nullptr ? *found->string() : std::string();
}

std::uint64_t id_at(const json::Value& value, std::string_view key) {
  const json::Value* found = value.find(key);
  return found != nullptr && found->number() != nullptr && *found->number() > 0
             ? static_cast<std::uint64_t>(*found->number())
             : 0;
}

}  // namespace budgetcheck
