#include "baseline/merge_base.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"

namespace budgetcheck {
namespace {

/// How many commits each additional fetch goes back; what lies deeper is reported, not fetched.
constexpr std::array<int, 3> kDeepenBy{50, 200, 1000};

/// The program git knows the edge of a shallow clone: what it finds is a common ancestor.
MergeBase ask_git(const Repository& repository, const GitProgram& git, const std::string& a, const std::string& b) {
  MergeBase found = repository.merge_base(a, b);
  if (found.state != MergeBase::State::kUnknown || !repository.has_commit(a) || !repository.has_commit(b)) {
    return found;
  }
  const GitRun run = git.run({"merge-base", a, b});
  const std::string commit(trim(run.output));
  if (run.ok && is_commit_id(commit)) {
    return {MergeBase::State::kFound, commit};
  }
  return found;
}

}  // namespace

std::optional<bool> is_ancestor(const Repository& repository, const std::string& ancestor, const std::string& commit) {
  if (ancestor == commit) {
    return true;
  }
  const MergeBase base = repository.merge_base(ancestor, commit);
  switch (base.state) {
    case MergeBase::State::kFound:
      return base.commit == ancestor;
    case MergeBase::State::kNone:
      return false;
    case MergeBase::State::kUnknown:
      break;
  }
  return std::nullopt;
}

BranchPoint find_branch_point(const Repository& repository, const GitProgram& git, const std::string& head,
                              const std::string& remote, const std::string& branch, BranchFetch fetch) {
  const bool may_fetch = fetch != BranchFetch::kNever;
  BranchPoint out;
  const std::string shown = printable(branch);
  // A remote that is an address has no tracking refs of its own.
  const std::string ref = fmt::format(
      "refs/remotes/{}/{}", (remote.find_first_of(":/") == std::string::npos ? remote : "budgetcheck"), branch);
  const std::string refspec = fmt::format("+refs/heads/{}:{}", branch, ref);
  out.branch_commit = repository.commit_of_ref(ref);
  const std::string from = shell_word(without_credentials(remote)) + " " + shell_word(refspec);
  out.fix = repository.is_shallow()
                ? fmt::format("git fetch --unshallow {} (with actions/checkout: fetch-depth: 0)", from)
                : "git fetch " + from;
  if (fetch == BranchFetch::kAlways || (out.branch_commit.empty() && may_fetch)) {
    std::vector<std::string> options;
    // Of a branch that is here already, --depth would cut off what is known of it.
    if (repository.is_shallow() && out.branch_commit.empty()) {
      options.emplace_back("--depth=1");
    }
    const GitRun fetched = git.fetch(options, remote, {refspec});
    out.branch_commit = repository.commit_of_ref(ref);
    out.stale = fetched.problem;
    if (out.branch_commit.empty()) {
      out.problem = fmt::format("the branch '{}' could not be fetched: {}", shown, fetched.problem);
      return out;
    }
  }
  if (out.branch_commit.empty()) {
    out.problem = fmt::format("the branch '{}' is not in this clone", shown);
    return out;
  }
  out.base = ask_git(repository, git, head, out.branch_commit);
  for (const int depth : kDeepenBy) {
    if (out.base.state != MergeBase::State::kUnknown || !may_fetch || !repository.is_shallow()) {
      break;
    }
    // HEAD is asked for as well, else only the branch's side would grow.
    const std::string deepen = "--deepen=" + std::to_string(depth);
    GitRun fetched = git.fetch({deepen}, remote, {head, refspec});
    if (!fetched.ok && fetched.errors.find("not our ref") != std::string::npos) {
      fetched = git.fetch({deepen}, remote, {refspec});  // a merge that was made here, which the remote does not have
    }
    if (!fetched.ok) {
      out.problem = "more history could not be fetched: " + fetched.problem;
      return out;
    }
    out.branch_commit = repository.commit_of_ref(ref);
    out.base = ask_git(repository, git, head, out.branch_commit);
  }
  if (out.base.state == MergeBase::State::kUnknown) {
    out.problem = fmt::format("the history of this shallow clone ends before the commit where HEAD left '{}'", shown);
  } else if (out.base.state == MergeBase::State::kNone) {
    out.problem = fmt::format("HEAD and '{}' have no commit in common", shown);
    out.fix = "choose a base with --base REV";
  }
  return out;
}

}  // namespace budgetcheck
