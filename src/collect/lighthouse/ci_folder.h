#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "collect/format.h"

namespace budgetcheck {

/// Format::expand of Lighthouse's results. A folder stands for the `lhr-*.json` that `lhci collect` writes into
/// .lighthouseci, or else for what the manifest in it names that `lhci upload --target=filesystem` writes. Such a
/// manifest stands for the results it names: each beside it, whatever folder of another machine it says. All runs
/// count, and not the representative one alone.
std::vector<std::string> lighthouse_ci_results(const FileSystem& files, const std::string& path);

/// Lighthouse CI's own notes beside the results (which assertions failed, where reports were uploaded): they measure
/// nothing, and a pattern like ".lighthouseci/*.json" takes them along. Notes without any result among the inputs are
/// incomplete: a run that was given these alone measured nothing.
Format lighthouse_ci_note_format();

}  // namespace budgetcheck
