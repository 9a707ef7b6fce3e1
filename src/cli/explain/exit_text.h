#pragma once

#include <string_view>
#include <vector>

#include "model/exit_code.h"

namespace budgetcheck {

/// What an exit code means, for explain, help and the man page.
struct ExitText {
  ExitCode code = kExitPass;
  std::string_view title;
  std::string_view sentence;  ///< what it means and what to do
};

/// In order of precedence: when several hold, the first one is the exit code.
const std::vector<ExitText>& exit_texts();

}  // namespace budgetcheck
