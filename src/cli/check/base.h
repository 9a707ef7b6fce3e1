#pragma once

#include <optional>

#include "base/file_system.h"
#include "cli/check/options.h"
#include "cli/check/plan.h"
#include "judge/judge.h"
#include "model/report.h"

namespace budgetcheck {

/// Everything that the head is compared with: the base's results and budgets, the runs of --rerun, and on the main
/// branch the stored results before this one. The report says which base was chosen. Nothing: the report has problems,
/// these or earlier ones, and there is nothing to go on with.
std::optional<Baseline> find_baseline(const FileSystem& files, const CheckOptions& options, const CheckPlan& plan,
                                      Report& report);

}  // namespace budgetcheck
