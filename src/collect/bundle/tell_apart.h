#pragma once

#include <vector>

#include "collect/bundle/build.h"
#include "collect/bundle/files.h"

namespace budgetcheck {

/// Gives every file of the build a label of its own. Of files whose names differ in their hash only, the one that an
/// entry begins with keeps the label, others are told apart by their origin ("index-[hash:Home/index.tsx].js"), and
/// what has none is numbered, the biggest first ("chunk-[hash].js", "chunk-[hash:2].js"). `sizes`: what the disk says,
/// parallel to the files, or empty.
void tell_files_apart(Build& build, const std::vector<FileSizes>& sizes);

/// Entries of one name are one set of files.
void unite_entries(Build& build);

}  // namespace budgetcheck
