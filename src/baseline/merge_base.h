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
};

/// `branch` is a short name. `may_fetch` also allows to fetch the branch itself.
BranchPoint find_branch_point(const Repository& repository, const GitProgram& git, const std::string& head,
                              const std::string& remote, const std::string& branch, bool may_fetch);

/// True, false, or nothing where the clone does not reach far enough.
std::optional<bool> is_ancestor(const Repository& repository, const std::string& ancestor, const std::string& commit);

}  // namespace budgetcheck
