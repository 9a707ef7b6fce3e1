#pragma once

#include <functional>

namespace budgetcheck {

/// The value of an environment variable; null when it is not set. A function, so that tests need no process.
using Variables = std::function<const char*(const char* name)>;

/// The process's own environment.
Variables process_variables();

}  // namespace budgetcheck
