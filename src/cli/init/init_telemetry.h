#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "cli/init/init_survey.h"

namespace budgetcheck {

/// Where captured spans and log records usually are, as globs. Those of one glob are read together: a trace may lie in
/// several files.
const std::vector<std::string>& telemetry_places();

/// Names in `found` a collector's configuration that is in the repository, and the key of the budgets file that has it
/// compared with what is agreed.
void name_collectors(const FileSystem& files, Survey& survey);

/// Adds to `missing` that nothing captures what the repository's OpenTelemetry packages trace.
void name_missing_traces(Survey& survey);

/// Whether a package traces an application, or makes a framework do so.
bool is_tracing_package(const std::string& name);

}  // namespace budgetcheck
