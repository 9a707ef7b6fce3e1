#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/file_system.h"
#include "collect/bundle/build.h"

namespace budgetcheck {

struct BuildStats {
  std::vector<Build> builds;  ///< several when the configuration is a list; one that lists nothing is among them
};

/// Reads webpack or rspack stats while they stream past: memory grows with assets, entries and package folders only.
/// `reasons`: look for importers in the modules' reasons (rspack names no issuer). Errors: those of json::select.
/// `nested`: the document holds stats of several builds, as a list or under names, or of one under a name ("stats").
Expected<BuildStats> read_build_stats(const std::string& path, const FileContent& content, bool reasons,
                                      bool nested = false);

}  // namespace budgetcheck
