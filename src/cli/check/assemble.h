#pragma once

#include "base/error.h"
#include "base/file_system.h"
#include "cli/check/options.h"
#include "judge/judge.h"
#include "model/facts.h"
#include "model/report.h"

namespace budgetcheck {

/// What is known before anything is read: program, time, repository, commit. `problems`: what is already wrong.
Report begin_report(const FileSystem& files, const CheckOptions& options, Errors problems);

/// Puts everything that was measured and judged into the report.
Report assemble(Report report, const CheckOptions& options, Facts facts, Judgement judgement, Baseline base);

}  // namespace budgetcheck
