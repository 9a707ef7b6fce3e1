#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "collect/format.h"
#include "model/facts.h"
#include "model/input_spec.h"

namespace budgetcheck {

struct CollectOptions {
  SizeCache* sizes = nullptr;  ///< spares compressing what it knows, and learns the rest
  Wishes wishes = {};
  RouteNames route_names = {};  ///< names that routes have elsewhere
  std::string settings = {};    ///< see MeasureOptions
  const Telemetry* telemetry = nullptr;
  TraceTaker* traces = nullptr;
  const std::vector<QueueSetting>* queues = nullptr;
};

/// Reads every input: expands globs, recognises formats from content, collects, and merges samples of the same
/// metric and labels (runs are concatenated in the order of the files). An input that is missing, unreadable or of
/// no known format is an Input with its state and message, never an error that stops the others. A file that two
/// specs name is read once (see plan.h). `table` is what can be read.
Facts collect(const FileSystem& files, const std::vector<InputSpec>& inputs, const std::vector<std::string>& routes,
              const CollectOptions& options = {}, const std::vector<Format>& table = formats());

}  // namespace budgetcheck
