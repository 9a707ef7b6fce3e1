#pragma once

#include <string>

#include "base/file_system.h"
#include "cli/init/project/framework.h"

namespace budgetcheck {

/// What project.json of an Nx workspace says of a project's build.
struct NxBuild {
  const Framework* framework = nullptr;  ///< of the executor; null: none that is known
  std::string output;                    ///< from the workspace's folder; empty: not said, or not as a literal
};

/// Nothing where there is no such file.
NxBuild read_nx_build(const FileSystem& files, const std::string& folder);

}  // namespace budgetcheck
