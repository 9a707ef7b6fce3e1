#include "deliver/comment_host.h"

#include "base/text.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

/// What the server says of itself, shortened and without the token.
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
    return "too many requests for now: run the job again later";
  }
  switch (response.status) {
    case 401:
      return github ? "the token is wrong or expired: use env: GITHUB_TOKEN: ${{ github.token }}"
                    : "GITLAB_TOKEN is wrong or expired: make a new project access token with the scope api";
    case 403:
      return github
                 ? "the token may not write: add permissions: pull-requests: write to the job; on a pull request from "
                   "a fork it is always read-only, see docs/comment.md for the workflow_run pattern"
                 : "the token may not write notes: it needs the scope api and the role Reporter at least (CI_JOB_TOKEN "
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
      return "the repository was renamed or moved: give --repository with its new name";
    case 422:
      return "the platform does not accept the comment; a locked conversation is one reason";
    default:
      return response.status >= 500 ? "the platform has a problem of its own: run the job again later" : "";
  }
}

}  // namespace

DeliveryProblem delivery_problem(const HttpResponse& response, const std::string& what, const CommentTarget& target) {
  DeliveryProblem out;
  out.unknown = response.status >= 500 || (response.status == 0 && response.timed_out);
  out.gone = response.status == 404 || response.status == 410;
  out.message = what + ": ";
  if (response.status == 0) {
    out.message += target.api + " was not reached (" + printable(response.problem) + ")";
    return out;
  }
  const std::string words = server_words(response, target.token);
  out.message += "HTTP " + std::to_string(response.status) + (words.empty() ? "" : " '" + words + "'");
  if (const std::string_view wait = response.header("retry-after"); !wait.empty()) {
    out.message += ", to be retried after " + printable(wait.substr(0, 40)) + " s";
  }
  const std::string advised = advice(response, target);
  out.message += advised.empty() ? "" : "; " + advised;
  return out;
}

bool has_marker(const std::string& body, const std::string& marker) {
  return trim(std::string_view(body).substr(0, body.find('\n'))) == marker;
}

}  // namespace budgetcheck
