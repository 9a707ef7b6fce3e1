#pragma once

#include <memory>

#include "cli/command_line/command.h"
#include "cli/update/update.h"

namespace budgetcheck {

Command update_command(const std::shared_ptr<UpdateOptions>& options);

}  // namespace budgetcheck
