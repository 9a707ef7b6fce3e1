#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/file_system.h"
#include "base/variables.h"
#include "baseline/ci_environment.h"
#include "baseline/git_program.h"
#include "baseline/repository.h"

namespace budgetcheck {

/// The commit that HEAD is compared with, and the rule that chose it. The rule follows what was checked out, not what
/// the platform calls the base: the parent of a merge commit differs from the merge base by what others landed.
struct BaseCommit {
  std::string commit;  ///< empty: this situation has no base
  std::string how;     ///< a clause: which rule chose it, or why there is none
  std::string hint;    ///< without a commit: the command that fixes it, or which option to use
  std::vector<std::string> notes;

  bool found() const { return !commit.empty(); }
};

/// Everything that a rule may ask.
struct BaseQuestion {
  const Repository& repository;
  const GitProgram& git;
  const CiEnvironment& ci;
  std::string remote;  ///< a name or an address; empty: the repository has none
  bool may_fetch = true;

  bool can_fetch() const { return may_fetch && !remote.empty(); }
};

/// By the situation: what CI says of the run and what is checked out, else the local branch.
BaseCommit base_of_situation(const BaseQuestion& question);
/// The rules of one platform. For base_of_situation and its tests.
BaseCommit base_on_github(const BaseQuestion& question);
BaseCommit base_on_gitlab(const BaseQuestion& question);
/// Of every platform in the table of ci_platforms.
BaseCommit base_on_platform(const BaseQuestion& question);
/// Of a clone that no platform explains: the merge base with the main branch; on the main branch the commit before.
BaseCommit base_of_branch(const BaseQuestion& question);

// What the rules share.
BaseCommit no_base(std::string why, std::string hint = "use --base REV or --base FILE to compare with one");
/// HEAD^1, whose object may be missing.
BaseCommit first_parent(const BaseQuestion& question, const std::string& how);
/// The merge base of HEAD and a branch of the remote. `why` is a clause in brackets behind the names.
BaseCommit branch_point(const BaseQuestion& question, const std::string& branch, const std::string& why);

/// The main branch by its short name, as CI, the clone or the remote says it; empty: none of them does.
std::string default_branch(const BaseQuestion& question);

/// A run of a branch, not of a change request.
struct BranchRun {
  std::string branch;
  std::string main;         ///< the default branch
  std::string run;          ///< a clause: "push to topic"
  std::string before;       ///< the commit that the branch was at before; empty: nobody says, or it is a new branch
  std::string before_from;  ///< what says it, or would: "CI_COMMIT_BEFORE_SHA"
  bool forced = false;      ///< it is known that `before` is not in this history any more
};
/// Of the main branch what it was before; of another the merge base with it: what a branch held before a push says
/// nothing of what it adds.
BaseCommit base_of_run(const BaseQuestion& question, const BranchRun& run);

/// `--base REV`. `given` is how the user wrote it: "--base main". Errors: kUsage, naming what there is.
Expected<BaseCommit> base_by_revision(const Repository& repository, const std::string& revision,
                                      const std::string& given);

/// The remote of a run: `wanted`; else the project that a GitLab merge request goes to, when that is another one; else
/// origin; else the only one. Empty: there is none. Errors: kUsage, when `wanted` is neither a remote nor an address.
Expected<std::string> choose_remote(const Repository& repository, const CiEnvironment& ci, const std::string& wanted);

}  // namespace budgetcheck
