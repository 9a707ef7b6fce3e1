#pragma once

#include <string>
#include <vector>

namespace budgetcheck {

/// The whole program, with the arguments that follow its name. Returns the exit code; throws InternalError only.
int run(const std::vector<std::string>& arguments);

}  // namespace budgetcheck
