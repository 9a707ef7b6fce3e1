#pragma once

#include <string>
#include <vector>

#include "base/location.h"
#include "collect/bundle/build.h"
#include "collect/bundle/files.h"
#include "model/facts.h"

namespace budgetcheck {

/// Sums of a build's files: {}, {type}, {entry}, {entry, type} and {asset, type}, each with {app} when the build has
/// a name. `sizes` is empty when no folder
/// was given (then bundle.gzip and bundle.brotli stay unmeasured), else parallel to the build's files.
/// A sum with a missing part is a lower bound, or unmeasured when every part is missing.
void add_bundle_samples(const Build& build, const std::vector<FileSizes>& sizes, const std::string& no_sizes_reason,
                        const std::string& no_sizes_hint, const Location& location, Facts& facts);

/// bundle.duplicates: copies beyond the first of every package together, and {package}; facts.bundle.packages and
/// facts.bundle.duplicate_packages.
void add_packages(const Build& build, const Location& location, Facts& facts);

}  // namespace budgetcheck
