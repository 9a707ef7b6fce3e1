#pragma once

#include <string>

#include "baseline/git_program.h"
#include "baseline/repository.h"

namespace budgetcheck {

/// Where HEAD left `branch` of `remote`, fetching what is missing in a shallow clone in bounded steps when that is
/// allowed.
struct BranchPoint {
  MergeBase base;
  std::string branch_commit;  ///< the branch's newest commit; empty: it is not known here
  std::string problem;        ///< when unknown: why, as a clause
  std::string fix;            ///< and the command that fixes it
  std::string stale;          ///< why the branch could not be brought up to date, as a clause; empty: it is
};

/// When the branch is fetched. Clones that CI keeps from run to run bring only the branch up to date that is built: the
/// merge base with an old state of the main branch blames a change for what others landed since.
enum class BranchFetch { kNever, kWhenMissing, kAlways };

/// `branch` is a short name, one that is_branch_name.
BranchPoint find_branch_point(const Repository& repository, const GitProgram& git, const std::string& head,
                              const std::string& remote, const std::string& branch, BranchFetch fetch);

/// True, false, or nothing where the clone does not reach far enough.
std::optional<bool> is_ancestor(const Repository& repository, const std::string& ancestor, const std::string& commit);

}  // namespace budgetcheck
