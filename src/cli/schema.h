#pragma once

#include <memory>
#include <ostream>
#include <string>

#include "cli/command_line/command.h"

namespace budgetcheck {

struct SchemaOptions {
  std::string name;  ///< empty: budgets
};

/// `budgetcheck schema [NAME]`.
Command schema_command(const std::shared_ptr<SchemaOptions>& options);

/// Prints the newest JSON schema (draft-04) of `which`: budgets (also when empty), results or rule. Returns 0, or 2
/// for an unknown name.
int run_schema(const std::string& which, std::ostream& out, std::ostream& err);

}  // namespace budgetcheck
