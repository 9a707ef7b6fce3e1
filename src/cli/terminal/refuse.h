#pragma once

#include "base/error.h"

namespace budgetcheck {

/// Writes each error to standard error and returns the exit code: 3 when inputs alone are at fault, else 2.
int refuse(const Errors& errors);

}  // namespace budgetcheck
