#include "deliver/comment_target.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/number.h"
#include "base/text.h"
#include "baseline/event_file.h"
#include "baseline/repository.h"

namespace budgetcheck {
namespace {

constexpr double kMostNumber = 1e12;

std::string text_of(const Variables& variables, const char* name) {
  const char* value = variables(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::uint64_t number_or_0(const json::Value* value) {
  const double* number = value == nullptr ? nullptr : value->number();
  return number != nullptr && *number >= 1 && *number <= kMostNumber ? static_cast<std::uint64_t>(*number) : 0;
}

std::uint64_t number_or_0(std::string_view text) {
  const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  const auto number = digits ? parse_number(text) : std::nullopt;
  return number && *number >= 1 && *number <= kMostNumber ? static_cast<std::uint64_t>(*number) : 0;
}

std::string without_slash(std::string url) {
  while (url.ends_with('/')) {
    url.pop_back();
  }
  return url;
}

bool is_on(const std::string& value) { return !value.empty() && value != "false" && value != "0"; }

CommentPlatform platform_of(const Variables& variables) {
  if (is_on(text_of(variables, "GITHUB_ACTIONS"))) {
    return CommentPlatform::kGithub;
  }
  if (is_on(text_of(variables, "GITLAB_CI"))) {
    return CommentPlatform::kGitlab;
  }
  // Outside a runner: whoever sets these knows where the comment should go.
  if (!text_of(variables, "CI_API_V4_URL").empty()) {
    return CommentPlatform::kGitlab;
  }
  const bool github = !text_of(variables, "GITHUB_API_URL").empty() ||
                      !text_of(variables, "GITHUB_REPOSITORY").empty() || !text_of(variables, "GITHUB_TOKEN").empty() ||
                      !text_of(variables, "GH_TOKEN").empty();
  return github                                        ? CommentPlatform::kGithub
         : !text_of(variables, "GITLAB_TOKEN").empty() ? CommentPlatform::kGitlab
                                                       : CommentPlatform::kNone;
}

/// Letters, digits and "._-"; nothing that means another folder.
bool is_path_part(std::string_view part, std::size_t longest) {
  const auto is_allowed = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_' || c == '-';
  };
  return !part.empty() && part.size() <= longest && part != "." && part != ".." &&
         std::all_of(part.begin(), part.end(), is_allowed);
}

/// "owner/name" on GitHub, "group/subgroup/name" or a number on GitLab.
bool is_repository(const std::string& text, CommentPlatform platform) {
  const bool github = platform == CommentPlatform::kGithub;
  constexpr std::size_t kLongest = 1000;
  constexpr std::size_t kDigits = 12;
  if (!github && !text.empty() && text.size() <= kDigits && text.find_first_not_of("0123456789") == std::string::npos) {
    return true;
  }
  const std::vector<std::string_view> parts = split(text, '/');
  const std::size_t most_parts = github ? 2 : 21;
  const std::size_t longest_part = github ? 100 : 255;
  return text.size() <= kLongest && parts.size() >= 2 && parts.size() <= most_parts &&
         std::all_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return is_path_part(part, longest_part); });
}

struct Event {
  std::uint64_t number = 0;
  std::string run_head;      ///< workflow_run: what that run measured
  std::uint64_t run_id = 0;  ///< workflow_run
  std::optional<OtherRun> run;
};

std::string text_at(const json::Value& value, std::initializer_list<std::string_view> path) {
  const json::Value* found = value.at(path);
  return found != nullptr && found->string() != nullptr ? *found->string() : std::string();
}

/// A fork's run, unless both repositories are known to be the same: that of a deleted fork has no name.
OtherRun other_run(const json::Value& event) {
  const std::string head = text_at(event, {"workflow_run", "head_repository", "full_name"});
  const std::string here = text_at(event, {"workflow_run", "repository", "full_name"});
  return {head.empty() || head != here, text_at(event, {"workflow_run", "conclusion"})};
}

Event read_event(const FileSystem& files, const std::string& path, CommentTarget& target) {
  Event out;
  const Expected<json::Value> event = read_event_file(
      files, path,
      {"pull_request/number", "number", "issue/number", "issue/pull_request/url", "workflow_run/head_sha",
       "workflow_run/id", "workflow_run/pull_requests/*/number", "workflow_run/conclusion",
       "workflow_run/head_repository/full_name", "workflow_run/repository/full_name"});
  if (!event) {
    target.notes.push_back(event.error().message);
    return out;
  }
  out.number = number_or_0(event->at({"pull_request", "number"}));
  if (out.number == 0 && event->find("pull_request") != nullptr) {
    out.number = number_or_0(event->find("number"));
  }
  if (out.number == 0 && event->at({"issue", "pull_request"}) != nullptr) {
    out.number = number_or_0(event->at({"issue", "number"}));
  }
  const std::string head = text_at(*event, {"workflow_run", "head_sha"});
  out.run_head = is_commit_id(head) ? head : "";
  if (const json::Value* run = event->find("workflow_run"); run != nullptr && run->is_object()) {
    out.run = other_run(*event);
  }
  out.run_id = number_or_0(event->at({"workflow_run", "id"}));
  const json::Value* pulls = event->at({"workflow_run", "pull_requests"});
  if (out.number == 0 && pulls != nullptr && pulls->array() != nullptr && pulls->array()->size() == 1) {
    out.number = number_or_0(pulls->array()->front().find("number"));
  }
  return out;
}

void read_github(const FileSystem& files, const Variables& variables, CommentTarget& target) {
  const std::string api = without_slash(text_of(variables, "GITHUB_API_URL"));
  target.api = api.empty() ? "https://api.github.com" : api;
  target.graphql = without_slash(text_of(variables, "GITHUB_GRAPHQL_URL"));
  if (target.graphql.empty()) {
    constexpr std::string_view kEnterprise = "/api/v3";
    target.graphql = target.api.ends_with(kEnterprise)
                         ? target.api.substr(0, target.api.size() - kEnterprise.size()) + "/api/graphql"
                         : target.api + "/graphql";
  }
  target.token = text_of(variables, "GITHUB_TOKEN");
  if (target.token.empty()) {
    target.token = text_of(variables, "GH_TOKEN");
  }
  Event event;
  if (const std::string path = text_of(variables, "GITHUB_EVENT_PATH"); !path.empty()) {
    event = read_event(files, path, target);
  }
  const std::string ref = text_of(variables, "GITHUB_REF");
  constexpr std::string_view kPull = "refs/pull/";
  if (event.number == 0 && ref.starts_with(kPull)) {
    event.number = number_or_0(std::string_view(ref).substr(kPull.size(), ref.find('/', kPull.size()) - kPull.size()));
  }
  target.number = target.number == 0 ? event.number : target.number;
  // What another run measured may say anything: its pull request must be the one of that run's commit.
  target.head = target.head.empty() ? event.run_head : target.head;
  if (!event.run && text_of(variables, "GITHUB_EVENT_NAME") == "workflow_run") {
    event.run = OtherRun{true, {}};  // an event that could not be read makes nobody's results ours
  }
  target.other_run = event.run ? event.run : target.other_run;
  const std::string server = without_slash(text_of(variables, "GITHUB_SERVER_URL"));
  const std::string run = event.run_id != 0 ? std::to_string(event.run_id) : text_of(variables, "GITHUB_RUN_ID");
  const std::string here = text_of(variables, "GITHUB_REPOSITORY");
  if (!server.empty() && number_or_0(run) != 0 && is_repository(here, CommentPlatform::kGithub)) {
    target.run_url = server + "/" + here + "/actions/runs/" + run;
  }
  target.repository = target.repository.empty() ? here : target.repository;
  target.job = target.job.empty() ? text_of(variables, "GITHUB_JOB") : target.job;
}

void read_gitlab(const Variables& variables, CommentTarget& target) {
  target.api = without_slash(text_of(variables, "CI_API_V4_URL"));
  if (target.api.empty()) {
    target.api = "https://gitlab.com/api/v4";
  }
  target.token = text_of(variables, "GITLAB_TOKEN");
  if (target.number == 0) {
    target.number = number_or_0(text_of(variables, "CI_MERGE_REQUEST_IID"));
  }
  // A pipeline of a fork runs in the fork; the merge request is the other project's.
  for (const char* name : {"CI_MERGE_REQUEST_PROJECT_ID", "CI_PROJECT_ID", "CI_PROJECT_PATH"}) {
    target.repository = target.repository.empty() ? text_of(variables, name) : target.repository;
  }
  target.run_url = text_of(variables, "CI_JOB_URL");
  target.job = target.job.empty() ? text_of(variables, "CI_JOB_NAME") : target.job;
}

}  // namespace

Expected<CommentTarget> find_comment_target(const FileSystem& files, const Variables& variables,
                                            const CommentWishes& wishes) {
  CommentTarget target;
  target.platform = platform_of(variables);
  target.job = wishes.job;
  target.repository = wishes.repository;
  target.head = lower(wishes.head);
  target.number = wishes.number;
  if (!target.head.empty() && !is_commit_id(target.head)) {
    return fail(ErrorKind::kUsage,
                fmt::format("--head-sha takes 40 hexadecimal digits, not '{}'", printable(wishes.head)));
  }
  if (!target.head.empty()) {
    target.other_run.emplace();
  }
  switch (target.platform) {
    case CommentPlatform::kGithub:
      read_github(files, variables, target);
      break;
    case CommentPlatform::kGitlab:
      read_gitlab(variables, target);
      break;
    case CommentPlatform::kNone:
      return target;
  }
  target.token = std::string(trim(target.token));
  const bool odd =
      std::any_of(target.token.begin(), target.token.end(), [](unsigned char c) { return c <= 0x20 || c >= 0x7F; });
  if (odd) {
    return fail(ErrorKind::kUsage, "the token contains a space, a line break or another character that no token has",
                {}, "set the secret again, to the token and nothing else");
  }
  if (!target.repository.empty() && !is_repository(target.repository, target.platform)) {
    return fail(ErrorKind::kUsage,
                fmt::format("{} is '{}', which is not the name of a repository",
                            wishes.repository.empty() ? "the repository of this run" : "--repository",
                            printable(target.repository)),
                {}, "write --repository OWNER/NAME");
  }
  return target;
}

std::string why_undeliverable(const CommentTarget& target, const Variables& variables) {
  if (target.platform == CommentPlatform::kNone) {
    return "this is neither GitHub Actions nor GitLab CI; set GITHUB_TOKEN and pass --repository OWNER/NAME and "
           "--pull-request N, or use --dry-run";
  }
  const bool github = target.platform == CommentPlatform::kGithub;
  if (target.token.empty() && github) {
    return "GITHUB_TOKEN is not set; add to the step: env: GITHUB_TOKEN: ${{ github.token }}, and to the job: "
           "permissions: pull-requests: write";
  }
  if (target.token.empty()) {
    return fmt::format(
        "GITLAB_TOKEN is not set{}; create a project access token with the scope api and the role Reporter, and add it "
        "as the masked CI/CD variable GITLAB_TOKEN",
        text_of(variables, "CI_JOB_TOKEN").empty() ? "" : ", and CI_JOB_TOKEN cannot write notes");
  }
  if (target.repository.empty()) {
    return "the repository is unknown; pass --repository OWNER/NAME";
  }
  if (target.number == 0 && (target.head.empty() || !github)) {
    return fmt::format(
        "this run belongs to no {0} request; pass --pull-request N, or run budgetcheck comment for {0} requests only",
        github ? "pull" : "merge");
  }
  return {};
}

}  // namespace budgetcheck
