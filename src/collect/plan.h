#pragma once

#include <memory>
#include <string>
#include <vector>

#include "collect/format.h"

namespace budgetcheck {

/// What the inputs of a run come down to.
struct Plan {
  struct File {
    std::string disk_path;
    const InputSpec* spec = nullptr;  ///< into the list that was planned
    bool has_namesake = false;        ///< see Source
  };
  std::vector<File> files;  ///< each once, in the order of the specs
  std::vector<std::unique_ptr<FileGroup>> groups;
};

/// Expands globs, folders and lists of results. A file that two specs name is read by the spec that spells it out
/// rather than by a glob, and by one that names its format before all others. What is missing goes to facts.inputs,
/// or to facts.notes where it is optional.
Plan plan_inputs(const FileSystem& files, const std::vector<InputSpec>& specs, const std::vector<Format>& table,
                 Facts& facts);

}  // namespace budgetcheck
