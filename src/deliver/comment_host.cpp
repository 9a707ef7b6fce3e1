#include "deliver/comment_host.h"

#include <fmt/format.h>

#include "base/text.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

/// The server's own explanation, shortened and without the token.
std::string server_words(const HttpResponse& response, const std::string& token) {
  constexpr std::size_t kLongest = 200;
  json::Selector wanted;
  wanted.keep("message").keep("error").keep("errors");
  std::string text;
  const auto answer = json::select_text("answer", response.body, wanted);
  if (answer) {
    for (const char* key : {"message", "error", "errors"}) {
      const json::Value* value = answer->find(key);
      if (value != nullptr && text.empty()) {
        text = value->string() != nullptr ? *value->string() : json::type_name(value->type()).data();
      }
    }
  }
  if (!token.empty()) {
    text = replace_all(std::move(text), token, "***");
  }
  return shorten(printable(text), kLongest);
}

std::string advice(const HttpResponse& response, const CommentTarget& target) {
  const bool github = target.platform == CommentPlatform::kGithub;
  if (is_rate_limit(response)) {
    return "too many requests: run the job again later";
  }
  switch (response.status) {
    case 401:
      return github ? "the token is invalid or has expired: use env: GITHUB_TOKEN: ${{ github.token }}"
                    : "GITLAB_TOKEN is invalid or has expired: create a new project access token with the scope api";
    case 403:
      return github
                 ? "the token may not write: add permissions: pull-requests: write to the job; on a pull request from "
                   "a fork it is always read-only (docs/comment.md shows the workflow_run pattern)"
                 : "the token may not write notes: it needs the scope api and at least the role Reporter (CI_JOB_TOKEN "
                   "cannot)";
    case 404:
      return github ? "no such pull request, or the token may not see it: check --repository, --pull-request and the "
                      "permission pull-requests: write"
                    : "no such merge request, or the token may not see it: check --repository, --pull-request and the "
                      "scope "
                      "of GITLAB_TOKEN";
    case 410:
    case 423:
      return "the conversation is locked or gone";
    case 301:
    case 302:
    case 307:
    case 308:
      return "the repository was renamed or moved: pass --repository with its new name";
    case 422:
      return "the platform rejected the comment; the conversation may be locked";
    default:
      return response.status >= 500 ? "the platform has a problem: run the job again later" : "";
  }
}

}  // namespace

DeliveryProblem delivery_problem(const HttpResponse& response, const std::string& what, const CommentTarget& target) {
  DeliveryProblem out;
  out.unknown = response.status >= 500 || (response.status == 0 && response.timed_out);
  out.gone = response.status == 404 || response.status == 410;
  out.message = what + ": ";
  if (response.status == 0) {
    out.message += fmt::format("{} could not be reached ({})", target.api, printable(response.problem));
    return out;
  }
  const std::string words = server_words(response, target.token);
  out.message += fmt::format("HTTP {}", response.status);
  out.message += words.empty() ? "" : fmt::format(" '{}'", words);
  if (const std::string_view wait = response.header("retry-after"); !wait.empty()) {
    out.message += fmt::format(", retry after {} s", printable(wait.substr(0, 40)));
  }
  const std::string advised = advice(response, target);
  out.message += advised.empty() ? "" : "; " + advised;
  return out;
}

bool has_marker(const std::string& body, const std::string& marker) {
  return trim(std::string_view(body).substr(0, body.find('\n'))) == marker;
}

}  // namespace budgetcheck
