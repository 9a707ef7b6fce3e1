#pragma once

#include <memory>

#include "cli/check/options.h"
#include "cli/command_line/command.h"

namespace budgetcheck {

/// `budgetcheck [check] [INPUT...]`.
Command check_command(const std::shared_ptr<CheckOptions>& options);

}  // namespace budgetcheck
