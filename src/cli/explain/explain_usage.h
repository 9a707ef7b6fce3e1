#pragma once

#include <string>
#include <vector>

namespace budgetcheck {

/// Pages on what is not measured or judged: a command, an option ("--base"), an output format, a format of inputs, a
/// key of the budgets file ("waivers", "budgets.max_increase", "max_increase"). One for each that goes by this name, in
/// any case; empty when nothing does.
std::vector<std::string> explain_usage(const std::string& name);

}  // namespace budgetcheck
