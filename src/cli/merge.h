#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "cli/command_line/command.h"
#include "model/measured.h"

namespace budgetcheck {

/// What `budgetcheck merge` takes.
struct MergeCommand {
  std::vector<std::string> arguments;  ///< files that `measure` wrote; patterns
  std::string output;                  ///< empty: standard output
  bool timings = false;                ///< say where the time went
};

/// Puts together what `measure` wrote. Returns the exit code.
int run_merge(const FileSystem& files, const MergeCommand& options);

/// `budgetcheck merge PART...`.
Command merge_command(const std::shared_ptr<MergeCommand>& options);

/// Writes what was measured to a file or to standard output, and says which inputs are not in it. Returns the exit
/// code: 3 when one could not be read, or parts of it are missing.
int write_measured_to(const std::string& output, const Measured& measured);

}  // namespace budgetcheck
