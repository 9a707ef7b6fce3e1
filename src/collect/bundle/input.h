#pragma once

#include <string>
#include <vector>

#include "collect/account.h"
#include "collect/bundle/build.h"
#include "collect/bundle/files.h"
#include "collect/format.h"

namespace budgetcheck {

/// The folder of the build's files (from the working directory) that the input's setting `root` names; empty: not
/// given.
std::string given_root(const Source& source);

/// What to do when no folder is named.
std::string root_hint(const Source& source);

/// " in 'client'" for a build that has a name, else "".
std::string in_app(const Build& build);

/// Measures the build's files under the folder `root`, and notes those that are missing, refused, unreadable or of
/// another size than the tool reports. Empty when none of them could be measured.
std::vector<FileSizes> measure_build(const Build& build, const std::string& root, const Source& source,
                                     const CollectContext& context, Account& account);

/// True, and noted: none of the build's files has a byte, so that every budget would be kept.
bool is_empty_build(const Build& build, const std::vector<FileSizes>& sizes, const Location& location, Account& account,
                    Facts& facts);

/// Notes what a build does not have (files, entries, sizes) and adds its samples, packages and parts. `root` is the
/// folder of its files; empty: not known, so that they have the sizes that the tool reports, if any, and no compressed
/// ones.
void add_bundle(Build build, const std::string& root, const Source& source, const CollectContext& context, Input& input,
                Facts& facts);

}  // namespace budgetcheck
