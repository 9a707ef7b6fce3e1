#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "collect/bundle/build.h"

namespace budgetcheck {

/// The chunks of a build and which of them bring in which others later, as webpack's and rspack's stats tell.
///
/// Stats tell this of chunks, and not of the groups that a page loads. A chunk that two entries share lists what either
/// of them loads later, so what one of them loads is known only when none of its chunks is shared with another.
class ChunkGraph {
 public:
  struct Chunk {
    std::uint32_t number = 0;  ///< of the chunk, as BundledModules counts them
    std::vector<std::string> files;
    std::vector<std::uint32_t> children;
    std::vector<std::uint32_t> parents;
    bool related = false;  ///< the stats tell children and parents
  };
  void add(Chunk chunk);

  /// Sets what each entry of the build may load later (or why that is not known), and whether all that comes later is
  /// told. `file_index` gives the indices of the build's files by their names.
  void find_later_files(Build& build, const std::unordered_map<std::string, std::size_t>& file_index) const;

 private:
  using EntryCounts = std::unordered_map<std::uint32_t, std::size_t>;  ///< how many entries load a chunk first

  /// Names of the files, each once. Nothing: the stats do not tell.
  std::optional<std::vector<std::string>> later_files(const std::vector<std::uint32_t>& entry,
                                                      const EntryCounts& counts) const;

  std::unordered_map<std::uint32_t, Chunk> chunks_;
  std::size_t relations_ = 0;
};

}  // namespace budgetcheck
