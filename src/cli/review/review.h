#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "cli/command_line/command.h"

namespace budgetcheck {

struct ReviewOptions {
  std::string action;  ///< "limits"
  std::vector<std::string> files;
  std::string budgets;
  std::string format = "text";
  std::string key;   ///< a field; empty: what the budgets file says
  std::string plan;  ///< the same for the plan
};

/// `budgetcheck review limits ACCESS_LOG...`.
Command review_command(const std::shared_ptr<ReviewOptions>& options);

/// Replays access logs through the plans of the budgets file. Returns the exit code of the process: 2 when there are no
/// plans, 3 when a log cannot be read, or has neither keys nor times.
int run_review_limits(const FileSystem& files, const ReviewOptions& options);

}  // namespace budgetcheck
