#include "baseline/base_commit.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/text/suggestion.h"
#include "baseline/merge_base.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kHeads = "refs/heads/";

/// The main branch as this clone knows it: a full ref name; empty when it is not known.
std::string main_ref(const BaseQuestion& question) {
  const Repository& repository = question.repository;
  std::vector<std::string> candidates;
  // A branch that follows itself on the remote says nothing of where it will land.
  const std::string upstream = repository.upstream_of_head();
  const std::string branch = repository.head_branch();
  if (!upstream.empty() && !branch.empty() && !upstream.ends_with("/" + branch)) {
    candidates.push_back(upstream);
  }
  const std::string remote = fmt::format("refs/remotes/{}/", (question.remote.empty() ? "origin" : question.remote));
  if (const std::string head = repository.target_of_ref(remote + "HEAD"); !head.empty()) {
    candidates.push_back(head);
  }
  for (const char* name : {"main", "master"}) {
    candidates.push_back(remote + name);
  }
  for (const char* name : {"main", "master"}) {
    candidates.push_back(std::string(kHeads) + name);
  }
  for (const std::string& candidate : candidates) {
    if (!repository.commit_of_ref(candidate).empty()) {
      return candidate;
    }
  }
  return {};
}

std::string short_name(const std::string& ref) {
  for (const std::string_view prefix : {kHeads, std::string_view("refs/remotes/")}) {
    if (ref.starts_with(prefix)) {
      return printable(ref.substr(prefix.size()));
    }
  }
  return printable(ref);
}

/// The branch's name without the remote's.
std::string branch_of(const std::string& ref) {
  constexpr std::string_view kRemotes = "refs/remotes/";
  if (!ref.starts_with(kRemotes)) {
    return ref.substr(std::min(kHeads.size(), ref.size()));
  }
  const std::size_t slash = ref.find('/', kRemotes.size());
  return slash == std::string::npos ? std::string() : ref.substr(slash + 1);
}

}  // namespace

BaseCommit no_base(std::string why, std::string hint) { return {{}, std::move(why), std::move(hint), {}}; }

BaseCommit first_parent(const BaseQuestion& question, const std::string& how) {
  const std::string head = question.repository.head_commit();
  const auto parents = question.repository.parents_of(head);
  if (!parents) {
    return no_base("the commit of HEAD cannot be read", "git fetch --refetch, or clone again");
  }
  if (parents->empty()) {
    return no_base("HEAD is the first commit of its history, so nothing was before it", {});
  }
  return {parents->front(), how, {}, {}};
}

BaseCommit branch_point(const BaseQuestion& question, const std::string& branch, const std::string& why) {
  const std::string head = question.repository.head_commit();
  const std::string remote = question.remote.empty() ? "origin" : question.remote;
  if (!is_branch_name(branch)) {
    return no_base(fmt::format("'{}' is not the name of a branch{}", shorten(printable(branch), 100),
                               (why.empty() ? "" : " (" + why + ")")));
  }
  const bool is_ci = question.ci.platform != CiEnvironment::Platform::kNone;
  const BranchPoint point = find_branch_point(question.repository, question.git, head, remote, branch,
                                              !question.can_fetch() ? BranchFetch::kNever
                                              : is_ci               ? BranchFetch::kAlways
                                                                    : BranchFetch::kWhenMissing);
  const std::string shown = without_credentials(printable(remote)) + "/" + printable(branch);
  std::vector<std::string> notes;
  if (!point.stale.empty()) {
    notes.push_back(
        fmt::format("{} could not be brought up to date, so the base is as old as what this clone knows "
                    "of it: {}",
                    shown, point.stale));
  }
  if (point.base.state != MergeBase::State::kFound) {
    const std::string hint = credentials_hint(point.problem);
    return no_base(fmt::format("the merge base of HEAD and {} is not known: {}", shown, point.problem),
                   point.fix + (hint.empty() ? "" : "; " + hint));
  }
  BaseCommit base{point.base.commit,
                  fmt::format("merge base of HEAD and {}{}", shown, (why.empty() ? "" : " (" + why + ")")),
                  {},
                  {}};
  if (point.base.commit == head) {
    base = first_parent(question, "first parent of HEAD, which is on " + shown);
  }
  base.notes = std::move(notes);
  return base;
}

std::string default_branch(const BaseQuestion& question) {
  const CiEnvironment& ci = question.ci;
  for (const std::string& said : {ci.github.default_branch, ci.gitlab.default_branch, ci.other.default_branch.text}) {
    if (!said.empty()) {
      return said;
    }
  }
  const std::string remote = question.remote.empty() ? "origin" : question.remote;
  const std::string head = fmt::format("refs/remotes/{}/", remote);
  if (const std::string target = question.repository.target_of_ref(head + "HEAD"); target.starts_with(head)) {
    return target.substr(head.size());
  }
  if (!question.can_fetch()) {
    return {};
  }
  // Most platforms clone by init and fetch, which leaves no origin/HEAD.
  const GitRun asked = question.git.run({"ls-remote", "--symref", "--", remote, "HEAD"});
  const std::string first = asked.output.substr(0, asked.output.find('\t'));
  constexpr std::string_view kRef = "ref: refs/heads/";
  return first.starts_with(kRef) ? first.substr(kRef.size()) : std::string();
}

BaseCommit base_of_run(const BaseQuestion& question, const BranchRun& run) {
  if (!run.branch.empty() && !run.main.empty() && run.branch != run.main) {
    BaseCommit base = branch_point(question, run.main, run.run);
    if (base.found() || run.before.empty()) {
      return base;
    }
    return {run.before, fmt::format("the commit of {} before this push ({})", printable(run.branch), base.how), {}, {}};
  }
  const std::string head = question.repository.head_commit();
  if (run.before.empty()) {
    return first_parent(question, fmt::format("first parent of HEAD ({}{})", run.run,
                                              (run.before_from.empty() ? "" : "; " + run.before_from + " names none")));
  }
  if (run.before == head) {
    return first_parent(question,
                        fmt::format("first parent of HEAD (this commit was built before: {})", run.before_from));
  }
  if (run.forced || is_ancestor(question.repository, run.before, head) == std::optional<bool>(false)) {
    return first_parent(question, "first parent of HEAD (the push was forced, and the commit before it is gone)");
  }
  return {run.before, fmt::format("the commit before this push ({})", run.before_from), {}, {}};
}

BaseCommit base_of_branch(const BaseQuestion& question) {
  const Repository& repository = question.repository;
  const std::string head = repository.head_commit();
  const std::string branch = repository.head_branch();
  const std::string ref = main_ref(question);
  if (ref.empty()) {
    return no_base(
        "there is no branch origin/HEAD, main or master, so it is unknown where this branch left the main line");
  }
  const std::string main = short_name(ref);
  const std::string main_commit = repository.commit_of_ref(ref);
  if (!branch.empty() && branch_of(ref) != branch &&
      is_ancestor(repository, head, main_commit) == std::optional<bool>(true)) {
    return {head, fmt::format("the commit of {} that '{}' starts from", main, printable(branch)), {}, {}};
  }
  if (main_commit == head) {
    return first_parent(question, "first parent of HEAD, which is the newest commit of " + main);
  }
  if (ref.starts_with("refs/remotes/") && !question.remote.empty() &&
      ref.starts_with(fmt::format("refs/remotes/{}/", question.remote))) {
    return branch_point(question, branch_of(ref), {});
  }
  const MergeBase found = repository.merge_base(head, main_commit);
  if (found.state == MergeBase::State::kFound && found.commit == head) {
    return first_parent(question, "first parent of HEAD, which is on " + main);
  }
  if (found.state == MergeBase::State::kFound) {
    return {found.commit, "merge base of HEAD and " + main, {}, {}};
  }
  if (found.state == MergeBase::State::kNone) {
    return no_base(fmt::format("HEAD and {} have no commit in common", main));
  }
  return no_base(fmt::format("the history of this shallow clone ends before the merge base of HEAD and {}", main),
                 "git fetch --unshallow");
}

BaseCommit base_of_situation(const BaseQuestion& question) {
  if (question.repository.head_commit().empty()) {
    return no_base("the repository has no commit yet");
  }
  switch (question.ci.platform) {
    case CiEnvironment::Platform::kGithub:
      return base_on_github(question);
    case CiEnvironment::Platform::kGitlab:
      return base_on_gitlab(question);
    case CiEnvironment::Platform::kOther:
      return base_on_platform(question);
    case CiEnvironment::Platform::kNone:
      break;
  }
  return base_of_branch(question);
}

Expected<BaseCommit> base_by_revision(const Repository& repository, const std::string& revision,
                                      const std::string& given) {
  const std::optional<std::string> commit = repository.resolve(revision);
  if (commit) {
    BaseCommit base{*commit, given, {}, {}};
    const std::string head = repository.head_commit();
    if (!head.empty() && is_ancestor(repository, *commit, head) == std::optional<bool>(false)) {
      base.notes.push_back(fmt::format(
          "the base {} ({}) is not an ancestor of HEAD, so what others changed since counts as a difference "
          "too; --base \"$(git merge-base HEAD {})\" compares with where this line left it",
          short_id(*commit), given, shell_word(revision)));
    }
    return base;
  }
  constexpr std::size_t kMaxNames = 1000;
  constexpr std::size_t kShownNames = 6;
  std::vector<std::string> names = repository.names(kMaxNames);
  const std::string near = nearest(revision, names);
  std::string hint;
  if (!near.empty()) {
    hint = did_you_mean(revision, near);
  } else if (names.empty()) {
    hint = "the repository has no branches or tags yet";
  } else {
    names.resize(std::min(names.size(), kShownNames));
    hint = "there are " + printable(join(names, ", "));
  }
  if (repository.is_shallow()) {
    hint += "; the clone is shallow: git fetch --unshallow brings the rest (with actions/checkout: fetch-depth: 0)";
  }
  return fail(ErrorKind::kUsage,
              fmt::format("{}: there is neither a file nor a commit '{}'", given, printable(revision)), {}, hint);
}

Expected<std::string> choose_remote(const Repository& repository, const CiEnvironment& ci, const std::string& wanted) {
  const std::vector<std::string> remotes = repository.remotes();
  const auto has = [&](const std::string& name) {
    return std::find(remotes.begin(), remotes.end(), name) != remotes.end();
  };
  if (!wanted.empty()) {
    const bool address = wanted.find_first_of(":/") != std::string::npos && !wanted.starts_with('-');
    if (has(wanted) || address) {
      return wanted;
    }
    return fail(ErrorKind::kUsage, fmt::format("there is no remote '{}'", printable(wanted)), {},
                remotes.empty() ? "the repository has no remotes" : "remotes: " + printable(join(remotes, ", ")));
  }
  const GitlabRun& gitlab = ci.gitlab;
  if (gitlab.target_project_url.find("://") != std::string::npos && !gitlab.project_url.empty() &&
      gitlab.target_project_url != gitlab.project_url && !gitlab.target_project_url.starts_with('-')) {
    return gitlab.target_project_url;  // a fork's own origin has no results of the main branch
  }
  if (has("origin")) {
    return std::string("origin");
  }
  return remotes.size() == 1 && !remotes.front().starts_with('-') ? remotes.front() : std::string();
}

}  // namespace budgetcheck
