#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/file_system.h"
#include "cli/check/options.h"
#include "generate/generator.h"
#include "judge/gate/gate.h"
#include "model/budget.h"
#include "model/report.h"

namespace budgetcheck {

/// What a check is about to do.
struct CheckPlan {
  BudgetsFile budgets;  ///< the defaults when there is no file
  std::vector<InputSpec>
      inputs;         ///< with paths as seen from the working directory; empty only for CheckOptions::gate_only
  std::string today;  ///< YYYY-MM-DD
  /// What the section `generate` of this file makes, whatever is in force.
  std::vector<GeneratedFile> generated = {};
  std::optional<RateLimits> limits = {};  ///< of this file, whatever is in force
  std::optional<App> app;  ///< what a file in a folder above says of the app that this budgets file is of
};

/// What the file says of its inputs, with paths as seen from the working directory.
std::vector<InputSpec> described_inputs(const BudgetsFile& budgets);

/// What the gate of a change makes of its plan: rules, routes and inputs in force.
CheckPlan under_gate(CheckPlan plan, const CheckOptions& options, const Gate& gate);

/// Finds and loads the budgets file, and settles which inputs are read. Nothing: there is nothing to go on with, and
/// the report says why. A problem that is not the end (a schema that does not exist) is only reported, so that what is
/// wrong with the base is reported with it.
std::optional<CheckPlan> plan_check(const FileSystem& files, const CheckOptions& options, Report& report);

/// The same for what is measured and not judged. Empty strings and lists: what the budgets file says. Errors: all that
/// a check would report, a budgets file of another version among them.
ExpectedAll<CheckPlan> plan_measurement(const FileSystem& files, const std::vector<std::string>& arguments,
                                        const std::string& budgets, const std::string& schema,
                                        const std::string& table_rows);

}  // namespace budgetcheck
