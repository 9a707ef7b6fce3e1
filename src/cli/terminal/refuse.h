#pragma once

#include <string>

#include "base/error.h"

namespace budgetcheck {

/// Writes a line to standard error, with the program's name before it.
void say_aside(const std::string& line);

/// Writes each error to standard error and returns the exit code: 3 when inputs alone are at fault, else 2.
int refuse(const Errors& errors);

}  // namespace budgetcheck
