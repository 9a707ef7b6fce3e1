#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "collect/format.h"
#include "model/budget.h"
#include "model/facts.h"

namespace budgetcheck {

/// The document to read where an input names a folder that Next.js built into: such a folder holds the server's files
/// too, which no browser loads. Empty: it is no such folder.
std::string next_document(const FileSystem& files, const std::string& folder);

/// Files of a build that inputs name without a bundler's document: folders ("dist"), patterns ("dist/**/*.js") and
/// single scripts or styles. All of them together are one build: sums over all, by type and by asset. Which entry loads
/// them is not known.
class AssetFiles {
 public:
  static constexpr std::size_t kMaxFiles = 200'000;

  /// Takes the files of a build out of `paths`, those that the spec names. Of a pattern: scripts, styles, fonts,
  /// images, media and wasm, and beside those pages; source maps and the like are dropped. JSON and what else there is
  /// stays, for the other formats. Tells whether it took any.
  bool take(const InputSpec& spec, std::vector<std::string>& paths);
  /// Takes all files below the folder, without those in hidden folders. False: the folder holds no file of a build.
  bool take_folder(const FileSystem& files, const InputSpec& spec);

  bool empty() const { return paths_.empty(); }
  /// Measures the files and adds one input.
  void collect(const CollectContext& context, Facts& facts) const;

 private:
  void add(const std::string& root, const std::vector<std::string>& paths, const std::string& shown);

  std::vector<std::string> paths_;
  std::vector<std::string> shown_;  ///< inputs as the budgets file names them
  std::string root_;                ///< the folder that holds all of them
  bool too_many_ = false;
  bool precompressed_ = false;
};

}  // namespace budgetcheck
