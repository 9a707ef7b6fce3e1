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

struct CompareOptions : StoreChoice {
  std::string base;     ///< a file, a glob, or a commit with stored results
  std::string head;     ///< the same
  std::string budgets;  ///< empty: looked for here and in the folders above
  std::string schema;   ///< schema.prisma of query logs; may be empty
  std::vector<OutputSpec> outputs;
};

/// `budgetcheck compare BASE HEAD`.
Command compare_command(const std::shared_ptr<CompareOptions>& options);

/// What differs between two results files, reports or commits. Returns the exit
/// code of the process.
int run_compare(const FileSystem& files, const CompareOptions& options, const Rendering& on_stdout);

}  // namespace budgetcheck
