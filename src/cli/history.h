#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "cli/command_line/command.h"
#include "cli/command_line/output_spec.h"
#include "cli/command_line/shared_options.h"
#include "report/format.h"

namespace budgetcheck {

struct HistoryOptions : StoreChoice {
  std::string revision;  ///< where to begin; empty: HEAD
  std::string budgets;   ///< empty: looked for here and in the folders above
  std::string today;     ///< empty: today
  std::vector<OutputSpec> outputs;
};

/// `budgetcheck history [REV]`.
Command history_command(const std::shared_ptr<HistoryOptions>& options);

/// How each budget developed on the main branch. Returns the exit code of the process.
int run_history(const FileSystem& files, const HistoryOptions& options, const Rendering& on_stdout);

}  // namespace budgetcheck
