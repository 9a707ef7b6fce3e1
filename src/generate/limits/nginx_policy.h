#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/file_system.h"
#include "model/finding.h"
#include "model/load/rate_limits.h"
#include "model/rule.h"

namespace budgetcheck {

struct NginxComparison {
  std::vector<Finding> findings;
  Errors unread;  ///< files that are not there, or cannot be understood: what they say is not known
};

/// The rule generated-file-stale on configurations of nginx that people wrote: the files of limits.nginx (`globs`,
/// relative to `folder`) together have a zone for each plan, with its rate, burst and key, and answer 429. A zone is a
/// plan's when the plan's name stands in the zone's between the ends, '_' and '-'. What is a variable is not judged.
NginxComparison compare_nginx(const FileSystem& files, const RuleSet& rules, const RateLimits& limits,
                              const std::vector<std::string>& globs, const std::string& folder);

}  // namespace budgetcheck
