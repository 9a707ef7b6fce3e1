#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "model/budget.h"
#include "model/facts.h"

namespace budgetcheck {

/// Reads every input: expands globs (relative to `folder`), recognises formats from content, collects, and merges
/// samples of the same metric and labels (runs are concatenated in the order of the files). An input that is
/// missing, unreadable or of no known format is an Input with its state and message, never an error that stops
/// the others. Paths in facts are relative to `folder` where they lie below it.
Facts collect(const FileSystem& files, const std::string& folder, const std::vector<InputSpec>& inputs,
              const std::vector<std::string>& routes);

}  // namespace budgetcheck
