#pragma once

#include <memory>
#include <string>

#include "base/file_system.h"
#include "cli/command_line/command.h"

namespace budgetcheck {

struct CalibrateOptions {
  std::string a;        ///< a file or a glob
  std::string b;        ///< the same commit, measured again
  std::string budgets;  ///< empty: looked for here and in the folders above
  bool paired = false;  ///< both sides of a change are measured in one job, taking turns
};

/// `budgetcheck calibrate A B`.
Command calibrate_command(const std::shared_ptr<CalibrateOptions>& options);

/// How often the settings raise a false alarm. Returns the exit code of the process.
int run_calibrate(const FileSystem& files, const CalibrateOptions& options);

}  // namespace budgetcheck
