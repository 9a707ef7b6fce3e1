#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "cli/command_line/command.h"
#include "cli/command_line/shared_options.h"

namespace budgetcheck {

struct BaselineOptions : StoreChoice {
  std::string action;             ///< push, show or prune
  std::vector<std::string> rest;  ///< the results file of push, the revision of show
  std::uint64_t keep = 500;       ///< how many records stay
};

/// `budgetcheck baseline push RESULTS | show [REV] | prune`.
Command baseline_command(const std::shared_ptr<BaselineOptions>& options);

/// Stores, shows or prunes the results of the main branch, in refs/notes/budgetcheck. Returns the exit code of the
/// process.
int run_baseline(const FileSystem& files, const BaselineOptions& options);

}  // namespace budgetcheck
