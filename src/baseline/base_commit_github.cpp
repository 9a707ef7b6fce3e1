#include <fmt/format.h>

#include "base/text.h"
#include "baseline/base_commit.h"
#include "baseline/merge_base.h"

namespace budgetcheck {
namespace {

std::string branch_of(const std::string& ref) {
  constexpr std::string_view kHeads = "refs/heads/";
  return ref.starts_with(kHeads) ? ref.substr(kHeads.size()) : std::string();
}

bool is_merge_ref(const std::string& ref) { return ref.starts_with("refs/pull/") && ref.ends_with("/merge"); }

/// HEAD is the merge that GitHub made of the pull request and its target. That it has two parents is not enough: the
/// newest commit of a pull request may be a merge too.
bool is_test_merge(const BaseQuestion& question, const std::string& head) {
  const GithubRun& run = question.ci.github;
  const auto parents = question.repository.parents_of(head);
  if (!is_merge_ref(run.ref) || !parents || parents->size() != 2 || head == run.pull_head) {
    return false;
  }
  return run.sha.empty() || run.sha == head || (!run.pull_head.empty() && (*parents)[1] == run.pull_head);
}

BaseCommit of_pull_request(const BaseQuestion& question, const std::string& head) {
  const GithubRun& run = question.ci.github;
  if (is_test_merge(question, head)) {
    return first_parent(question, fmt::format("first parent of the merge commit (GITHUB_REF={})", printable(run.ref)));
  }
  if (run.event == "pull_request_target" && head == run.sha && head != run.pull_head) {
    return no_base("pull_request_target checked out the target branch itself, not the pull request",
                   "run the measurements on: pull_request, which checks out the merge");
  }
  const std::string branch = run.base_ref.empty() ? run.default_branch : run.base_ref;
  if (branch.empty()) {
    return no_base("neither GITHUB_BASE_REF nor the event names the branch that the pull request goes to");
  }
  return branch_point(question, branch, "the pull request's head is checked out, not its merge");
}

BaseCommit of_push(const BaseQuestion& question, const std::string& head) {
  const GithubRun& run = question.ci.github;
  const std::string branch = branch_of(run.ref);
  const std::string pushed = run.after.empty() ? run.sha : run.after;
  if (!pushed.empty() && pushed != head) {
    BaseCommit base = base_of_branch(question);
    base.notes.push_back(fmt::format("the commit that was pushed ({}) is not the one that is checked out ({})",
                                     short_id(pushed), short_id(head)));
    return base;
  }
  return base_of_run(question, {.branch = branch,
                                .main = run.default_branch,
                                .run = "push to " + printable(branch),
                                .before = run.before,
                                .before_from = "event push, before",
                                .forced = run.forced.value_or(false)});
}

/// Started by a person, a timer or a program: nothing was pushed, so nothing was before.
BaseCommit of_dispatch(const BaseQuestion& question, const std::string& head) {
  const GithubRun& run = question.ci.github;
  const std::string branch = branch_of(run.ref);
  // GitHub runs the others on the default branch only, and a timer's event does not name it.
  const bool any_branch = run.event == "workflow_dispatch";
  const std::string main = any_branch || !run.default_branch.empty() ? default_branch(question) : branch;
  if (main.empty()) {
    return base_of_branch(question);
  }
  const std::string why = fmt::format("{} on {}", printable(run.event), printable(branch));
  if (!run.sha.empty() && run.sha != head) {
    return branch_point(question, main, why + ", which checked out another commit");
  }
  return base_of_run(question, {.branch = branch, .main = main, .run = why, .before = {}, .before_from = {}});
}

BaseCommit of_workflow_run(const BaseQuestion& question, const std::string& head) {
  const GithubRun& run = question.ci.github;
  if (head != run.run_head) {
    return no_base("the checkout is not the commit of the workflow run that started this one",
                   "check out ${{ github.event.workflow_run.head_sha }}, or use --base REV");
  }
  if (run.run_event == "push" && run.run_branch == run.default_branch) {
    return first_parent(question, "first parent of HEAD (workflow_run of a push)");
  }
  const std::string branch = run.base_ref.empty() ? run.default_branch : run.base_ref;
  return branch.empty() ? no_base("the event does not name the branch that the change goes to")
                        : branch_point(question, branch, "workflow_run of a pull request");
}

}  // namespace

BaseCommit base_on_github(const BaseQuestion& question) {
  const GithubRun& run = question.ci.github;
  const std::string head = question.repository.head_commit();
  if (run.event.starts_with("pull_request") || (run.event.empty() && is_merge_ref(run.ref))) {
    return of_pull_request(question, head);
  }
  if (run.event == "merge_group") {
    if (!run.merge_group_base.empty()) {
      return {run.merge_group_base, "base of the merge queue's commit (event merge_group, base_sha)", {}, {}};
    }
    return first_parent(question, "first parent of the merge queue's commit");
  }
  if (run.event == "workflow_run") {
    return of_workflow_run(question, head);
  }
  if (run.ref.starts_with("refs/tags/")) {
    return no_base(fmt::format("a tag has no base of its own (GITHUB_REF={})", printable(run.ref)));
  }
  if (run.event == "push") {
    return of_push(question, head);
  }
  if (run.event == "workflow_dispatch" || run.event == "repository_dispatch" || run.event == "schedule") {
    return of_dispatch(question, head);
  }
  return no_base(fmt::format("a run by '{}' has no base of its own", printable(run.event)));
}

}  // namespace budgetcheck
