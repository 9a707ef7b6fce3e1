#pragma once

#include <string>

namespace budgetcheck {

/// Where the running program lies; empty when the operating system does not say.
std::string own_path();

/// Writing to a pipe whose reader has gone away fails from now on instead of ending the process.
void ignore_closed_pipes();

/// A mapped input that is cut short while it is read cannot be read to its end, and nothing but this is safe to do
/// then: write `text` to standard error and exit. Both are kept.
void exit_when_an_input_is_cut(const char* text, int exit_code);

}  // namespace budgetcheck
