#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "collect/format.h"
#include "model/budget.h"
#include "model/facts.h"

namespace budgetcheck {

struct CollectOptions {
  SizeCache* sizes = nullptr;  ///< spares compressing what it knows, and learns the rest
  bool brotli = true;          ///< false: sizes by brotli are not made
};

/// Reads every input: expands globs, recognises formats from content, collects, and merges samples of the same
/// metric and labels (runs are concatenated in the order of the files). An input that is missing, unreadable or of
/// no known format is an Input with its state and message, never an error that stops the others. A file that two
/// specs name is read once, by the spec that spells it out rather than by a glob. Scripts, styles and the like, and
/// folders of them, are the files of one build (see asset_files.h).
Facts collect(const FileSystem& files, const std::vector<InputSpec>& inputs, const std::vector<std::string>& routes,
              const CollectOptions& options = {});

/// What the format table is asked about `content`. With `whole`, top_keys is complete even when a big value stands
/// before a key.
Sniff sniff(const std::string& path, const FileContent& content, bool whole);

/// Joins samples of equal metric and labels: runs are concatenated, distributions merged. Two single values that
/// differ, or equal labels of different sources, cannot both be true: the second one's input becomes incomplete.
void merge_samples(Facts& facts);

}  // namespace budgetcheck
