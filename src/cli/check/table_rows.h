#pragma once

#include "base/file_system.h"
#include "cli/check/options.h"
#include "cli/check/plan.h"
#include "judge/gate/gate.h"
#include "judge/judge.h"

namespace budgetcheck {

/// Where git holds the sizes of tables and this change makes one of them too small to be looked at, without a reason:
/// the base's sizes are read too, and of two the bigger holds.
void hold_edited_table_rows(const FileSystem& files, const CheckOptions& options, const CheckPlan& plan,
                            const Baseline& base, Gate& gate);

}  // namespace budgetcheck
