#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "deliver/comment_target.h"
#include "deliver/http.h"

namespace budgetcheck {

/// A comment on the platform.
struct PostedComment {
  std::uint64_t id = 0;
  std::string node;  ///< GitHub's id for GraphQL
  std::string author;
  bool by_bot = false;  ///< GitHub says so, or a name that GitLab gives to tokens only
  std::string body;
  std::string url;
};

/// A request that failed.
struct DeliveryProblem {
  std::string message;   ///< one printable line with what to do, without the token
  bool unknown = false;  ///< it may have succeeded all the same: no answer, or 5xx
  bool gone = false;     ///< 404: somebody else was faster
};

template <class T>
using Delivered = tl::expected<T, DeliveryProblem>;

/// Comments of one pull or merge request. Each call is retried within the session's time.
class CommentHost {
 public:
  virtual ~CommentHost() = default;

  /// The comments of all pages from `first_page` on (1: all) whose first line is `marker`, the oldest first.
  /// `last_page` becomes the number of the last one.
  virtual Delivered<std::vector<PostedComment>> find(const std::string& marker, std::size_t first_page,
                                                     std::size_t& last_page) = 0;
  /// The author of what this token writes; empty: the platform does not say.
  virtual Delivered<std::string> own_name() = 0;
  virtual Delivered<PostedComment> create(const std::string& body) = 0;
  virtual Delivered<PostedComment> update(const PostedComment& comment, const std::string& body) = 0;
  virtual Delivered<void> remove(const PostedComment& comment) = 0;
  virtual bool can_hide() const = 0;
  virtual Delivered<void> set_hidden(const PostedComment& comment, bool hidden) = 0;
  /// Checks that the number belongs to the head that was measured, and finds it when none was passed.
  virtual Delivered<void> check_head() = 0;
};

/// `target` must outlive it; check_head may fill in its number.
std::unique_ptr<CommentHost> github_comments(CommentTarget& target, HttpSession& session);
std::unique_ptr<CommentHost> gitlab_comments(CommentTarget& target, HttpSession& session);

/// What a refused request means on this platform, and what to do. `what`: "the comment was not created".
DeliveryProblem delivery_problem(const HttpResponse& response, const std::string& what, const CommentTarget& target);

/// Pages that are read at most, and comments of a page.
constexpr std::size_t kMostPages = 100;
constexpr std::size_t kPageSize = 100;
/// Whether the first line of `body` is `marker`.
bool has_marker(const std::string& body, const std::string& marker);

}  // namespace budgetcheck
