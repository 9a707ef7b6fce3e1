#pragma once

#include <ostream>
#include <string>

namespace budgetcheck {

/// Prints the newest JSON schema (draft-04) of `which`: budgets (also when empty), results or rule. Returns 0, or 2
/// for an unknown name.
int run_schema(const std::string& which, std::ostream& out, std::ostream& err);

}  // namespace budgetcheck
