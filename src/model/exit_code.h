#pragma once

namespace budgetcheck {

/// What the process says to CI, in order of precedence (the first that holds wins).
enum ExitCode : int {
  kExitInternalError = 70,
  kExitUsage = 2,        ///< command line or budgets file; a budget that matches nothing
  kExitFailed = 1,       ///< a budget or a rule failed
  kExitCannotJudge = 3,  ///< an input is missing, unreadable or incomplete; inconclusive verdicts
  kExitNoBase = 4,       ///< a base was required and not found
  kExitDelivery = 5,     ///< delivery failed under --strict-delivery
  kExitPass = 0,
};

}  // namespace budgetcheck
