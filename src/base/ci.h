#pragma once

#include "base/variables.h"

namespace budgetcheck {

/// Whether the variables say that a CI system runs the program: CI, or what those that do not set it set.
bool runs_in_ci(const Variables& variables);

}  // namespace budgetcheck
