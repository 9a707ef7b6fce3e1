#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/file_system.h"
#include "cli/command_line/command.h"
#include "cli/command_line/output_spec.h"
#include "report/format.h"

namespace budgetcheck {

/// What `budgetcheck list` takes.
struct ListOptions {
  std::vector<std::string> arguments;  ///< INPUTs; empty: those of the budgets file
  std::string budgets;
  std::string schema;
  std::string table_rows;
  std::vector<std::string> metrics;                        ///< globs; empty: all
  std::vector<std::pair<std::string, std::string>> where;  ///< label and glob, all of which hold
  std::vector<OutputSpec> outputs;
  bool timings = false;  ///< say where the time went
};

/// Measures the inputs and lists what they say. Returns the exit code: 2 when a filter fits nothing, 3 when an input
/// could not be read; the others are listed all the same.
int run_list(const FileSystem& files, const ListOptions& options, const Rendering& on_stdout);

/// `budgetcheck list [INPUT...]`.
Command list_command(const std::shared_ptr<ListOptions>& options);

}  // namespace budgetcheck
