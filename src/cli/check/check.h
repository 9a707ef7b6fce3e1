#pragma once

#include <optional>

#include "base/error.h"
#include "base/file_system.h"
#include "cli/check/options.h"
#include "cli/check/plan.h"
#include "judge/gate/gate.h"
#include "judge/judge.h"
#include "model/facts.h"
#include "model/report.h"
#include "report/format.h"

namespace budgetcheck {

/// What a check measured, and what it is held against.
struct Measurement {
  CheckPlan plan;  ///< under the gate
  Baseline base;
  Gate gate;
  Facts facts;
};

/// Everything up to the judgement. Nothing: there is nothing to go on with, and the report says why.
std::optional<Measurement> measure_for_check(const FileSystem& files, const CheckOptions& options, Report& report);

/// The gate without its outputs, for one app. `problems`: what is known to be wrong before anything is read; then
/// nothing is.
Report check_one(const FileSystem& files, const CheckOptions& options, Errors problems);

/// The same for what the budgets file is of: where it names apps, each of them against its own base, in one report.
Report check(const FileSystem& files, const CheckOptions& options, Errors problems);

/// The gate: inputs to verdicts to reports. Returns the exit code.
int run_check(const FileSystem& files, const CheckOptions& options, const Rendering& on_stdout);

}  // namespace budgetcheck
