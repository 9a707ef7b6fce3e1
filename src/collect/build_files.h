#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "collect/build.h"

namespace budgetcheck {

/// What the disk says of one file of a build.
struct FileSizes {
  enum class State {
    kMeasured,
    kMissing,  ///< not there, or no regular file
    kRefused,  ///< its name leads out of the root
    kFailed,   ///< cannot be read, changed while it was read, or is too big to compress
  };
  State state = State::kMissing;
  std::uint64_t raw = 0;
  std::uint64_t gzip = 0;
  std::uint64_t brotli = 0;
  std::string message;  ///< for kRefused and kFailed: one clause
};

/// Measures each file under the folder `root`, in the order of `build_files`. Links are followed only inside of the
/// root. Compresses on all cores, the biggest first.
std::vector<FileSizes> measure_files(const FileSystem& files, const std::string& root,
                                     const std::vector<BuildFile>& build_files);

}  // namespace budgetcheck
