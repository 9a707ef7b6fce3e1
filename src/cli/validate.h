#pragma once

#include <iosfwd>
#include <memory>
#include <string>

#include "base/file_system.h"
#include "cli/command_line/command.h"

namespace budgetcheck {

struct ValidateOptions {
  std::string budgets;  ///< empty: looked for here and in the folders above
};

Command validate_command(const std::shared_ptr<ValidateOptions>& options);

/// `budgetcheck validate`: reads a budgets file (`budgets_path`, or when that is empty the one found from `folder`
/// upwards) and writes every error to `err`, as "file:line:column: message" and an indented hint. An unknown metric is
/// an error here. Without errors one line to `out` sums the file up, and notes follow (inputs that match no file
/// now). Of a file that names apps, theirs are read too. Returns the exit code of the process (model/exit_code.h).
int run_validate(const FileSystem& files, const std::string& budgets_path, const std::string& folder, std::ostream& out,
                 std::ostream& err);

}  // namespace budgetcheck
