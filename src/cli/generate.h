#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "cli/command_line/command.h"

namespace budgetcheck {

struct GenerateOptions {
  std::vector<std::string> targets;  ///< empty: all that the budgets file names
  std::string budgets;
  bool check = false;
};

/// `budgetcheck generate [TARGET...]`.
Command generate_command(const std::shared_ptr<GenerateOptions>& options);

/// Writes the files that the section `generate` names, or says which differ. Returns the exit code of the process: with
/// `check` 1 when one differs; 2 when the budgets file is wrong or a file cannot be written.
int run_generate(const FileSystem& files, const GenerateOptions& options);

}  // namespace budgetcheck
