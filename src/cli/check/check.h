#pragma once

#include "base/error.h"
#include "base/file_system.h"
#include "cli/check/options.h"
#include "model/report.h"
#include "report/format.h"

namespace budgetcheck {

/// The gate without its outputs. `problems`: what is known to be wrong before anything is read; then nothing is.
Report check(const FileSystem& files, const CheckOptions& options, Errors problems);

/// The gate: inputs to verdicts to reports. Returns the exit code.
int run_check(const FileSystem& files, const CheckOptions& options, const Rendering& on_stdout);

}  // namespace budgetcheck
