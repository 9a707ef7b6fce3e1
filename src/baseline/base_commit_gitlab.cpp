#include <fmt/format.h>

#include "base/text.h"
#include "baseline/base_commit.h"
#include "baseline/merge_base.h"

namespace budgetcheck {
namespace {

BaseCommit of_merge_request(const BaseQuestion& question, const std::string& head) {
  const GitlabRun& run = question.ci.gitlab;
  const bool merged = run.merge_request_event == "merged_result" || run.merge_request_event == "merge_train";
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

BaseCommit of_push(const BaseQuestion& question, const std::string& head) {
  const GitlabRun& run = question.ci.gitlab;
  if (!run.branch.empty() && !run.default_branch.empty() && run.branch != run.default_branch) {
    BaseCommit base = branch_point(question, run.default_branch, "push to " + printable(run.branch));
    if (base.found() || run.before.empty()) {
      return base;
    }
    return {run.before, fmt::format("the commit of {} before this push ({})", printable(run.branch), base.how), {}, {}};
  }
  if (run.before.empty()) {
    return first_parent(question, "first parent of HEAD (CI_COMMIT_BEFORE_SHA names none)");
  }
  if (is_ancestor(question.repository, run.before, head) == std::optional<bool>(false)) {
    return first_parent(question, "first parent of HEAD (the push was forced, and the commit before it is gone)");
  }
  return {run.before, "the commit before this push (CI_COMMIT_BEFORE_SHA)", {}, {}};
}

}  // namespace

BaseCommit base_on_gitlab(const BaseQuestion& question) {
  const GitlabRun& run = question.ci.gitlab;
  const std::string head = question.repository.head_commit();
  if (run.source == "merge_request_event" || !run.merge_request_event.empty() || !run.diff_base.empty()) {
    return of_merge_request(question, head);
  }
  if (!run.tag.empty()) {
    return no_base(fmt::format("a tag has no base of its own (CI_COMMIT_TAG={})", printable(run.tag)));
  }
  if (run.source == "push" || run.source.empty()) {
    return of_push(question, head);
  }
  return no_base(fmt::format("a pipeline by '{}' has no base of its own", printable(run.source)));
}

}  // namespace budgetcheck
