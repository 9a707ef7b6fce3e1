#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/file_system.h"
#include "base/variables.h"
#include "baseline/base_commit.h"
#include "baseline/ci_environment.h"
#include "baseline/git_program.h"
#include "baseline/repository.h"

namespace budgetcheck {

/// The repository that a run stands in, with what is needed to ask it.
struct Checkout {
  std::unique_ptr<Repository> repository;
  GitProgram git;
  CiEnvironment ci;
  std::string remote;  ///< empty: there is none

  BaseQuestion question(bool may_fetch) const { return {*repository, git, ci, remote, may_fetch}; }
};

/// Opens the one that holds `folder`; nothing when there is none. `remote` as in choose_remote. Errors: those of
/// open_repository and choose_remote.
Expected<std::optional<Checkout>> open_checkout(const FileSystem& files, const Variables& variables,
                                                const std::string& folder, const std::string& remote);

/// What is checked out, for the report.
struct Head {
  std::string commit;  ///< empty: no repository, or no commit yet
  std::vector<std::string> parents;
  std::string branch;  ///< by the CI environment, else the local one; empty: not known
  /// The run is of the main branch itself, so its results are the ones to store.
  bool is_main = false;
};
/// Costs nothing but the opening; whatever is wrong with the repository leaves the fields empty.
Head describe_head(const FileSystem& files, const Variables& variables, const std::string& folder = ".");
Head describe_head(const Checkout& checkout);

}  // namespace budgetcheck
