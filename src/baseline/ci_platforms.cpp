#include "baseline/ci_platforms.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "model/commit_id.h"

namespace budgetcheck {
namespace {

// What each variable holds is in docs/baseline.md. GitHub and GitLab are not here: their rules need more than names.
constexpr CiPlatform kPlatforms[] = {
    {.name = "Azure Pipelines",
     .known_by = {"TF_BUILD"},
     .change = {"SYSTEM_PULLREQUEST_PULLREQUESTID", "SYSTEM_PULLREQUEST_PULLREQUESTNUMBER"},
     .target = {"SYSTEM_PULLREQUEST_TARGETBRANCH"},
     .own_head = {"SYSTEM_PULLREQUEST_SOURCECOMMITID"},
     .ref = {"BUILD_SOURCEBRANCH"},
     .event = {"BUILD_REASON"}},
    {.name = "Bitbucket Pipelines",
     .known_by = {"BITBUCKET_BUILD_NUMBER", "BITBUCKET_COMMIT"},
     .change = {"BITBUCKET_PR_ID"},
     .target = {"BITBUCKET_PR_DESTINATION_BRANCH"},
     .target_commit = {"BITBUCKET_PR_DESTINATION_COMMIT"},
     .own_head = {"BITBUCKET_COMMIT"},
     .branch = {"BITBUCKET_BRANCH"},
     .tag = {"BITBUCKET_TAG"}},
    {.name = "Buildkite",
     .known_by = {"BUILDKITE"},
     .change = {"BUILDKITE_PULL_REQUEST", "BUILDKITE_MERGE_QUEUE_BASE_BRANCH"},
     .target = {"BUILDKITE_PULL_REQUEST_BASE_BRANCH", "BUILDKITE_MERGE_QUEUE_BASE_BRANCH"},
     .own_head = {"BUILDKITE_COMMIT"},
     .queue_base = {"BUILDKITE_MERGE_QUEUE_BASE_COMMIT"},
     .branch = {"BUILDKITE_BRANCH"},
     .tag = {"BUILDKITE_TAG"},
     .default_branch = {"BUILDKITE_PIPELINE_DEFAULT_BRANCH"}},
    {.name = "CircleCI",
     .known_by = {"CIRCLECI"},
     .change = {"CIRCLE_PULL_REQUEST", "CIRCLE_PR_NUMBER"},
     .branch = {"CIRCLE_BRANCH"},
     .tag = {"CIRCLE_TAG"}},
    {.name = "Drone",
     .known_by = {"DRONE"},
     .change = {"DRONE_PULL_REQUEST"},
     .target = {"DRONE_TARGET_BRANCH", "DRONE_COMMIT_BRANCH"},
     .own_head = {"DRONE_COMMIT_SHA", "DRONE_COMMIT"},
     .ref = {"DRONE_COMMIT_REF"},
     .branch = {"DRONE_COMMIT_BRANCH", "DRONE_BRANCH"},
     .tag = {"DRONE_TAG"},
     .default_branch = {"DRONE_REPO_BRANCH"},
     .before = {"DRONE_COMMIT_BEFORE"},
     .event = {"DRONE_BUILD_EVENT"}},
    {.name = "Travis CI",
     .known_by = {"TRAVIS"},
     .change = {"TRAVIS_PULL_REQUEST"},
     .target = {"TRAVIS_BRANCH"},
     .own_head = {"TRAVIS_PULL_REQUEST_SHA"},
     .branch = {"TRAVIS_BRANCH"},
     .tag = {"TRAVIS_TAG"},
     .before = {"TRAVIS_COMMIT_RANGE"},
     .event = {"TRAVIS_EVENT_TYPE"}},
    // CI_PREV_COMMIT_SHA is of the pipeline before, which may have been a pull request's.
    {.name = "Woodpecker",
     .known_by = {"CI_PIPELINE_EVENT"},
     .change = {"CI_COMMIT_PULL_REQUEST"},
     .target = {"CI_COMMIT_TARGET_BRANCH"},
     .own_head = {"CI_COMMIT_SHA"},
     .ref = {"CI_COMMIT_REF"},
     .branch = {"CI_COMMIT_BRANCH"},
     .tag = {"CI_COMMIT_TAG"},
     .default_branch = {"CI_REPO_DEFAULT_BRANCH"},
     .event = {"CI_PIPELINE_EVENT"}},
    // The last build counts, not the last green one: what an earlier commit broke is not this one's.
    {.name = "Jenkins",
     .known_by = {"JENKINS_URL", "CHANGE_TARGET"},
     .change = {"CHANGE_ID"},
     .target = {"CHANGE_TARGET"},
     .own_head = {"GIT_COMMIT"},
     .branch = {"BRANCH_NAME", "GIT_BRANCH"},
     .tag = {"TAG_NAME"},
     .before = {"GIT_PREVIOUS_COMMIT", "GIT_PREVIOUS_SUCCESSFUL_COMMIT"}},
};

constexpr std::string_view kHeads = "refs/heads/";
constexpr std::string_view kTags = "refs/tags/";

bool is_said(std::string_view value) { return !value.empty() && value != "false" && value != "0"; }

/// Platforms that have nothing to say leave a variable out, leave it empty or say "false".
CiValue value_of(const Variables& variables, const CiNames& names) {
  for (const char* name : names) {
    const char* value = name == nullptr ? nullptr : variables(name);
    if (value != nullptr && is_said(value)) {
      return {name, value};
    }
  }
  return {};
}

/// Without what git or the platform puts before a branch's name; nothing when it is a ref of another kind.
CiValue as_branch(CiValue value) {
  constexpr std::string_view kOrigin = "origin/";
  if (value.text.starts_with(kHeads)) {
    value.text.erase(0, kHeads.size());
  } else if (value.variable == "GIT_BRANCH" && value.text.starts_with(kOrigin)) {
    value.text.erase(0, kOrigin.size());
  }
  return value.text.starts_with("refs/") ? CiValue() : value;
}

/// Only what may name a commit: nothing that is a row of zeros or another word.
CiValue as_commit(CiValue value) {
  constexpr std::size_t kLeastDigits = 7;
  constexpr std::size_t kDigits = 40;
  value.text.resize(std::min(value.text.find("..."), value.text.size()));  // TRAVIS_COMMIT_RANGE
  const bool hex = value.text.find_first_not_of("0123456789abcdef") == std::string::npos;
  const bool zeros = value.text.find_first_not_of('0') == std::string::npos;
  return hex && !zeros && value.text.size() >= kLeastDigits && value.text.size() <= kDigits ? value : CiValue();
}

void read_ref(const CiValue& ref, PlatformRun& run) {
  if (ref.text.starts_with(kHeads) && run.branch.empty()) {
    run.branch = as_branch(ref);
  } else if (ref.text.starts_with(kTags) && run.tag.empty()) {
    run.tag = {ref.variable, ref.text.substr(kTags.size())};
  } else if (ref.text.starts_with("refs/pull/") && ref.text.ends_with("/merge")) {
    run.merge_ref = ref;
  }
}

}  // namespace

std::string CiValue::shown() const { return variable + "=" + shorten(printable(text), 100); }

PlatformRun read_platform_run(const Variables& variables) {
  PlatformRun run;
  for (const CiPlatform& row : kPlatforms) {
    if (value_of(variables, row.known_by).empty()) {
      continue;
    }
    run.platform = &row;
    run.change = value_of(variables, row.change);
    run.target = as_branch(value_of(variables, row.target));
    run.target_commit = as_commit(value_of(variables, row.target_commit));
    run.own_head = as_commit(value_of(variables, row.own_head));
    run.queue_base = as_commit(value_of(variables, row.queue_base));
    run.branch = as_branch(value_of(variables, row.branch));
    run.tag = value_of(variables, row.tag);
    run.default_branch = as_branch(value_of(variables, row.default_branch));
    const CiValue event = value_of(variables, row.event);
    if (event.empty() || event.text == "push") {
      run.before = as_commit(value_of(variables, row.before));
    }
    read_ref(value_of(variables, row.ref), run);
    break;
  }
  return run;
}

}  // namespace budgetcheck
