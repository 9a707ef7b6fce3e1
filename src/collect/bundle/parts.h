#pragma once

#include <vector>

#include "collect/bundle/build.h"
#include "collect/bundle/files.h"
#include "model/facts.h"

namespace budgetcheck {

/// Parts that a build and each of its entries holds, so that a later build can be compared piece by piece. Their
/// labels are those of the samples: {} and {entry}, each with {app} when the build has a name; of an entry, what it
/// loads first.
/// - Packages ("lodash", all copies together) and the project's own modules ("src/date.ts"), with their bytes of source
///   before minification and who asks for them: the project's own code where it does, else another package.
/// - Where the stats do not list every module with its size: files ("[hash]" in place of a content hash) with their
///   bytes on the disk, or else those that the bundler tells. Parts of a list that is known to be cut off would seem
///   new or gone.
/// `sizes`: what the disk says, parallel to the build's files, or empty.
/// At most kMostPartsOfPlace of each kind for one place, and fewer in builds of many entries: the rest is summed up.
void add_bundle_parts(const Build& build, const std::vector<FileSizes>& sizes, Facts& facts);

inline constexpr std::size_t kMostPartsOfPlace = 1000;

}  // namespace budgetcheck
