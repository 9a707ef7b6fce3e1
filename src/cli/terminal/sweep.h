#pragma once

#include <functional>
#include <optional>
#include <string>

#include "model/telemetry.h"

namespace budgetcheck {

/// What is done to an output as the last step before it is written.
using Sweep = std::function<std::string(std::string text)>;

/// Masks personal data and secrets that an input's names brought along: a label, a route, a note. What stands in the
/// budgets file (`own`, its text) was written to be seen and stays, as do digits that are no more than digits: outputs
/// are full of them. Without settings nothing is looked for, and the sweep is empty.
Sweep sweep_of(const std::optional<PersonalDataSettings>& settings, std::string own);

}  // namespace budgetcheck
