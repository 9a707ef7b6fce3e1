#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "deliver/comment_host.h"
#include "json/value.h"

namespace budgetcheck {

/// What the REST APIs of both platforms have in common: requests with the token, conversations in pages, answers of
/// which a few members are read.
class HttpComments : public CommentHost {
 public:
  Delivered<std::vector<PostedComment>> find(const std::string& marker, std::size_t first_page,
                                             std::size_t& last_page) override;

 protected:
  /// The platform's own words for messages and the members of a comment that are read.
  struct Dialect {
    std::string noun;          ///< "comment"
    std::string api;           ///< "GitHub's API"
    std::string api_variable;  ///< "GITHUB_API_URL"
    std::vector<std::string> members;
    std::vector<std::pair<std::string, std::string>> headers;
  };

  HttpComments(CommentTarget& target, HttpSession& session, Dialect dialect);

  virtual std::string page_path(std::size_t page) const = 0;
  virtual bool has_next_page(const HttpResponse& response, std::size_t found) const = 0;
  /// Id 0: not a comment that somebody wrote.
  virtual PostedComment comment_of(const json::Value& value) const = 0;

  HttpRequest request(std::string method, const std::string& path, std::string body = {}) const;
  HttpResponse get(const std::string& path) { return session_.request(request("GET", path), true); }
  /// Creates or changes a comment.
  Delivered<PostedComment> send(const std::string& method, const std::string& path, const std::string& text,
                                bool repeatable, const std::string& what);
  /// One that is gone already counts as deleted.
  Delivered<void> send_delete(const std::string& path);
  DeliveryProblem not_understood(const std::string& what) const;

  CommentTarget& target_;
  HttpSession& session_;

 private:
  Dialect dialect_;
};

/// The answer with these members only; nothing when it is not JSON.
std::optional<json::Value> answer_of(const HttpResponse& response, const std::vector<std::string>& members);
/// Empty when there is no such text.
std::string string_at(const json::Value& value, std::initializer_list<std::string_view> keys);
/// 0 when there is no such number.
std::uint64_t id_at(const json::Value& value, std::string_view key);

}  // namespace budgetcheck
