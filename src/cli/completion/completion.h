#pragma once

#include <memory>
#include <string>

#include "cli/command_line/command.h"

namespace budgetcheck {

struct CompletionOptions {
  std::string shell;
};

/// `budgetcheck completion bash|zsh|fish`: prints the script that completes its command line there.
Command completion_command(const std::shared_ptr<CompletionOptions>& options);

}  // namespace budgetcheck
