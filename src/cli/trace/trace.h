#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "cli/command_line/command.h"
#include "report/format.h"

namespace budgetcheck {

struct TraceOptions {
  std::vector<std::string> files;
  std::vector<std::string> against;
  std::string budgets;
  std::string id;
  std::string route;
  std::string service;
  std::uint64_t slowest = 0;  ///< 0: not said
  std::string html;           ///< where the page goes; empty: none is written
};

/// `budgetcheck trace FILE...`.
Command trace_command(const std::shared_ptr<TraceOptions>& options);

/// Shows one trace or a few, or compares the routes of two captures. Returns the exit code of the process: 2 when what
/// is asked for is not there, 3 when the files hold no spans.
int run_trace(const FileSystem& files, const TraceOptions& options, const Rendering& on_stdout);

}  // namespace budgetcheck
