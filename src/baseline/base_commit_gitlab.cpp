#include <fmt/format.h>

#include "base/text.h"
#include "baseline/base_commit.h"
#include "baseline/merge_base.h"

namespace budgetcheck {
namespace {

BaseCommit of_merge_request(const BaseQuestion& question, const std::string& head) {
  const GitlabRun& run = question.ci.gitlab;
  const bool merged = (run.merge_request_event == "merged_result" || run.merge_request_event == "merge_train") &&
                      head != run.merge_request_source_sha;
  const auto parents = question.repository.parents_of(head);
  if (merged && parents && parents->size() == 2) {
    return first_parent(question, fmt::format("first parent of the merge commit (CI_MERGE_REQUEST_EVENT_TYPE={})",
                                              run.merge_request_event));
  }
  // Set in pipelines of merged results only; a fast-forward merge has no merge commit to ask.
  if (!run.target_branch_sha.empty()) {
    return {run.target_branch_sha, "CI_MERGE_REQUEST_TARGET_BRANCH_SHA", {}, {}};
  }
  if (!run.diff_base.empty()) {
    BaseCommit base{run.diff_base, "CI_MERGE_REQUEST_DIFF_BASE_SHA", {}, {}};
    if (is_ancestor(question.repository, run.diff_base, head) == std::optional<bool>(false)) {
      base.notes.push_back(
          fmt::format("CI_MERGE_REQUEST_DIFF_BASE_SHA ({}) is not an ancestor of HEAD: it may be left from before the "
                      "merge request got a new target; push once more, or use --base REV",
                      short_id(run.diff_base)));
    }
    return base;
  }
  if (run.target_branch.empty()) {
    return no_base("GitLab names neither the base nor the target branch of the merge request");
  }
  return branch_point(question, run.target_branch, "merge request");
}

/// Whatever started it: a push, a person, a timer, another pipeline.
BaseCommit of_branch(const BaseQuestion& question) {
  const GitlabRun& run = question.ci.gitlab;
  const bool is_push = run.source == "push" || run.source.empty();
  const std::string branch = printable(run.branch);
  return base_of_run(question,
                     {.branch = run.branch,
                      .main = default_branch(question),
                      .run = is_push ? "push to " + branch : fmt::format("{} on {}", printable(run.source), branch),
                      .before = is_push ? run.before : std::string(),
                      .before_from = is_push ? "CI_COMMIT_BEFORE_SHA" : ""});
}

}  // namespace

BaseCommit base_on_gitlab(const BaseQuestion& question) {
  const GitlabRun& run = question.ci.gitlab;
  const std::string head = question.repository.head_commit();
  if (question.ci.is_change_request()) {
    return of_merge_request(question, head);
  }
  if (!run.tag.empty()) {
    return no_base(fmt::format("a tag has no base of its own (CI_COMMIT_TAG={})", printable(run.tag)));
  }
  return of_branch(question);
}

}  // namespace budgetcheck
