#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/variables.h"
#include "baseline/ci_platforms.h"

namespace budgetcheck {

/// What GitHub's runner says of the run: variables, and the event that started it. What is not known is empty.
struct GithubRun {
  std::string event;  ///< pull_request, push, merge_group, …
  std::string ref;    ///< refs/pull/7/merge
  std::string sha;    ///< what the run is about; a checkout may have taken another commit
  std::string base_ref;
  std::string default_branch;
  // Of the event's payload.
  std::string before;
  std::string after;
  std::optional<bool> forced;
  std::string merge_group_base;
  std::string pull_head;
  std::string run_head;    ///< workflow_run
  std::string run_event;   ///< what started that run
  std::string run_branch;  ///< the branch of that run
};

/// What GitLab's runner says.
struct GitlabRun {
  std::string source;  ///< merge_request_event, push, schedule, …
  std::string tag;
  std::string branch;
  std::string default_branch;
  std::string before;
  std::string merge_request_event;  ///< detached, merged_result, merge_train
  std::string merge_request;        ///< its number; a pipeline that one of a merge request started has it too
  std::string merge_request_source_branch;
  std::string merge_request_source_sha;  ///< in pipelines of merged results only
  std::string target_branch;             ///< also of a pull request on another host
  std::string target_branch_sha;
  std::string diff_base;
  std::string project_url;         ///< of the project that the pipeline runs in
  std::string target_project_url;  ///< of the project that the merge request goes to
};

struct CiEnvironment {
  enum class Platform { kNone, kGithub, kGitlab, kOther };
  Platform platform = Platform::kNone;
  GithubRun github;
  GitlabRun gitlab;
  PlatformRun other;               ///< of kOther; its `platform` is null when nothing is known of it
  std::vector<std::string> notes;  ///< an event file that could not be read

  /// CI says that this run is for a pull request, a merge request or a merge queue. False: it is not, or nobody says.
  bool is_change_request() const;
  /// What the branch held before the push that started the run, as 40 digits; empty: not known.
  std::string before() const;
};

/// Reads the variables, and GITHUB_EVENT_PATH with limits: the event holds what the author of a change wrote. Commit
/// ids that are none, and the row of zeros for "no commit", are left empty.
CiEnvironment read_ci_environment(const FileSystem& files, const Variables& variables);

}  // namespace budgetcheck
