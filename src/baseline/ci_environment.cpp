#include "baseline/ci_environment.h"

#include "base/text.h"
#include "baseline/event_file.h"
#include "baseline/repository.h"

namespace budgetcheck {
namespace {

std::string text_of(const Variables& variables, const char* name) {
  const char* value = variables(name);
  return value == nullptr ? std::string() : std::string(value);
}

/// Only what names a commit.
std::string commit_or_empty(std::string text) {
  const bool zeros = text.find_first_not_of('0') == std::string::npos;
  return is_commit_id(text) && !zeros ? text : std::string();
}

std::string string_at(const json::Value& value, std::initializer_list<std::string_view> keys) {
  const json::Value* found = value.at(keys);
  return found != nullptr && found->string() != nullptr ? *found->string() : std::string();
}

void read_event(const json::Value& event, GithubRun& run) {
  run.before = commit_or_empty(string_at(event, {"before"}));
  run.after = commit_or_empty(string_at(event, {"after"}));
  if (const json::Value* forced = event.find("forced"); forced != nullptr && forced->boolean() != nullptr) {
    run.forced = *forced->boolean();
  }
  run.merge_group_base = commit_or_empty(string_at(event, {"merge_group", "base_sha"}));
  run.pull_head = commit_or_empty(string_at(event, {"pull_request", "head", "sha"}));
  run.default_branch = string_at(event, {"repository", "default_branch"});
  if (const std::string base = string_at(event, {"pull_request", "base", "ref"}); !base.empty()) {
    run.base_ref = base;  // a change of the target is an event, and the variable is of the same run
  }
  run.run_head = commit_or_empty(string_at(event, {"workflow_run", "head_sha"}));
  run.run_event = string_at(event, {"workflow_run", "event"});
  run.run_branch = string_at(event, {"workflow_run", "head_branch"});
  const json::Value* pulls = event.at({"workflow_run", "pull_requests"});
  if (run.base_ref.empty() && pulls != nullptr && pulls->array() != nullptr && !pulls->array()->empty()) {
    run.base_ref = string_at(pulls->array()->front(), {"base", "ref"});
  }
}

void read_event(const FileSystem& files, const std::string& path, CiEnvironment& out) {
  const Expected<json::Value> event =
      read_event_file(files, path,
                      {"before", "after", "forced", "merge_group/base_sha", "pull_request/head/sha",
                       "pull_request/base/ref", "repository/default_branch", "workflow_run/head_sha",
                       "workflow_run/event", "workflow_run/head_branch", "workflow_run/pull_requests/*/base/ref"});
  if (event) {
    read_event(*event, out.github);
  } else {
    out.notes.push_back(event.error().message);
  }
}

GithubRun github_variables(const Variables& variables) {
  GithubRun run;
  run.event = text_of(variables, "GITHUB_EVENT_NAME");
  run.ref = text_of(variables, "GITHUB_REF");
  run.sha = commit_or_empty(text_of(variables, "GITHUB_SHA"));
  run.base_ref = text_of(variables, "GITHUB_BASE_REF");
  return run;
}

GitlabRun gitlab_variables(const Variables& variables) {
  GitlabRun run;
  run.source = text_of(variables, "CI_PIPELINE_SOURCE");
  run.tag = text_of(variables, "CI_COMMIT_TAG");
  run.branch = text_of(variables, "CI_COMMIT_BRANCH");
  run.default_branch = text_of(variables, "CI_DEFAULT_BRANCH");
  run.before = commit_or_empty(text_of(variables, "CI_COMMIT_BEFORE_SHA"));
  run.merge_request_event = text_of(variables, "CI_MERGE_REQUEST_EVENT_TYPE");
  run.merge_request = text_of(variables, "CI_MERGE_REQUEST_IID");
  run.merge_request_source_branch = text_of(variables, "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME");
  run.merge_request_source_sha = commit_or_empty(text_of(variables, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"));
  run.target_branch = text_of(variables, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME");
  if (run.target_branch.empty()) {
    run.target_branch = text_of(variables, "CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME");
  }
  run.target_branch_sha = commit_or_empty(text_of(variables, "CI_MERGE_REQUEST_TARGET_BRANCH_SHA"));
  run.diff_base = commit_or_empty(text_of(variables, "CI_MERGE_REQUEST_DIFF_BASE_SHA"));
  run.project_url = text_of(variables, "CI_PROJECT_URL");
  run.target_project_url = text_of(variables, "CI_MERGE_REQUEST_PROJECT_URL");
  return run;
}

bool is_on(const std::string& value) { return !value.empty() && value != "false" && value != "0"; }

}  // namespace

CiEnvironment read_ci_environment(const FileSystem& files, const Variables& variables) {
  CiEnvironment out;
  // By what each of them sets, not by its own flag alone: a container job may pass on only some variables.
  if (is_on(text_of(variables, "GITHUB_ACTIONS")) || !text_of(variables, "GITHUB_EVENT_NAME").empty()) {
    out.platform = CiEnvironment::Platform::kGithub;
    out.github = github_variables(variables);
    if (const std::string path = text_of(variables, "GITHUB_EVENT_PATH"); !path.empty()) {
      read_event(files, path, out);
    }
  } else if (is_on(text_of(variables, "GITLAB_CI")) || !text_of(variables, "CI_PIPELINE_SOURCE").empty()) {
    out.platform = CiEnvironment::Platform::kGitlab;
    out.gitlab = gitlab_variables(variables);
  } else if (out.other = read_platform_run(variables);
             out.other.platform != nullptr || is_on(text_of(variables, "CI"))) {
    out.platform = CiEnvironment::Platform::kOther;
  }
  return out;
}

bool CiEnvironment::is_change_request() const {
  switch (platform) {
    case Platform::kGithub:
      return github.event.starts_with("pull_request") || github.event == "merge_group" ||
             (github.event == "workflow_run" && github.run_event.starts_with("pull_request")) ||
             (github.event.empty() && github.ref.starts_with("refs/pull/"));
    case Platform::kGitlab:
      // Others than a push may be of a merge request that only its number tells of: child pipelines are.
      return gitlab.source == "merge_request_event" || gitlab.source == "external_pull_request_event" ||
             (gitlab.source != "push" &&
              (!gitlab.merge_request.empty() || !gitlab.merge_request_event.empty() || !gitlab.diff_base.empty()));
    case Platform::kOther:
      return other.is_change_request();
    case Platform::kNone:
      break;
  }
  return false;
}

std::string CiEnvironment::before() const {
  const std::string& said = platform == Platform::kGithub   ? github.before
                            : platform == Platform::kGitlab ? gitlab.before
                                                            : other.before.text;
  return is_commit_id(said) ? said : std::string();
}

}  // namespace budgetcheck
