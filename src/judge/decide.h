#pragma once

#include "model/report.h"

namespace budgetcheck {

/// What makes a run red.
struct FailurePolicy {
  Level fail_level = Level::kError;  ///< findings and verdicts from this level on; kOff: none
  bool require_base = false;         ///< a run without a base is red as well
};

/// Fills outcome and exit code from everything in the report, by the precedence of model/exit_code.h.
void decide(Report& report, const FailurePolicy& policy);

}  // namespace budgetcheck
