#include <fmt/format.h>

#include "base/text.h"
#include "baseline/base_commit.h"
#include "baseline/merge_base.h"
#include "model/commit_id.h"

namespace budgetcheck {
namespace {

constexpr const char* kSayBase =
    "set BUDGETCHECK_BASE (or --base) to a commit, such as \"$(git merge-base HEAD origin/main)\"";

/// Where a platform merged the pull request and its target before it built, the target's side: Jenkins and Bitbucket
/// merge the target into the pull request, the others the other way round. Empty: HEAD is no such merge.
BaseCommit target_side_of_merge(const BaseQuestion& question, const std::string& head) {
  const PlatformRun& run = question.ci.other;
  const auto parents = question.repository.parents_of(head);
  if (!parents || parents->size() != 2 || head == run.own_head.text) {
    return {};
  }
  for (const std::size_t own : {std::size_t{0}, std::size_t{1}}) {
    if ((*parents)[own] == run.own_head.text) {
      return {(*parents)[1 - own],
              fmt::format("the target's side of the merge commit ({} is the other)", run.own_head.variable),
              {},
              {}};
    }
  }
  return run.merge_ref.empty()
             ? BaseCommit()
             : first_parent(question, fmt::format("first parent of the merge commit ({})", run.merge_ref.shown()));
}

/// When the target branch cannot be had: what the platform says it was at, as far as this clone holds it.
BaseCommit with_target_commit(const BaseQuestion& question, const std::string& head, BaseCommit without) {
  const CiValue& said = question.ci.other.target_commit;
  const auto commit = said.empty() ? std::nullopt : question.repository.resolve(said.text);
  const MergeBase found = commit ? question.repository.merge_base(head, *commit) : MergeBase();
  if (found.state != MergeBase::State::kFound || found.commit == head) {
    return without;
  }
  return {found.commit, fmt::format("merge base of HEAD and {}", said.shown()), {}, {std::move(without.how)}};
}

BaseCommit of_change(const BaseQuestion& question, const std::string& head) {
  const PlatformRun& run = question.ci.other;
  if (is_commit_id(run.queue_base.text)) {
    return {run.queue_base.text, fmt::format("base of the merge queue's commit ({})", run.queue_base.variable), {}, {}};
  }
  if (BaseCommit merged = target_side_of_merge(question, head); merged.found()) {
    return merged;
  }
  if (!run.target.empty()) {
    BaseCommit base = branch_point(question, run.target.text, run.target.variable);
    return base.found() ? base : with_target_commit(question, head, std::move(base));
  }
  const char* name = run.platform->name;
  if (const char* variable = run.platform->target.front(); variable != nullptr) {
    return no_base(fmt::format("{} does not say which branch the pull request goes to: {} is not set", name, variable),
                   kSayBase);
  }
  const std::string main = default_branch(question);
  return main.empty() ? no_base(fmt::format("{} does not say which branch the pull request goes to", name), kSayBase)
                      : branch_point(question, main, fmt::format("the default branch: {} names no target", name));
}

}  // namespace

BaseCommit base_on_platform(const BaseQuestion& question) {
  const PlatformRun& run = question.ci.other;
  if (run.platform == nullptr) {
    return base_of_branch(question);
  }
  if (run.is_change_request()) {
    return of_change(question, question.repository.head_commit());
  }
  if (!run.tag.empty()) {
    return no_base(fmt::format("a tag has no base of its own ({})", run.tag.shown()));
  }
  const std::string main = default_branch(question);
  if (run.branch.empty() || main.empty()) {
    return main.empty() ? base_of_branch(question) : branch_point(question, main, {});
  }
  // Abbreviated, it counts only when this clone can say which commit it is.
  const auto before = run.before.empty() ? std::nullopt : question.repository.resolve(run.before.text);
  return base_of_run(question, {.branch = run.branch.text,
                                .main = main,
                                .run = "build of " + printable(run.branch.text),
                                .before = before.value_or(std::string()),
                                .before_from = run.before.variable});
}

}  // namespace budgetcheck
