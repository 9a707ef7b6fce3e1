#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "collect/bundle/added_text.h"
#include "collect/bundle/build.h"
#include "collect/bundle/size_cache.h"

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
  bool has_brotli = true;  ///< false: nobody asked for it
  bool own_gzip = true;    ///< compressed here, and not found beside the file
  bool own_brotli = true;
  AddedText added;      ///< only where it has another size than the bundler tells
  std::string message;  ///< for kRefused and kFailed: one clause
};

struct FileSizeOptions {
  SizeCache* cache = nullptr;  ///< null: every file is compressed again
  /// Where NAME.gz and NAME.br lie beside a file, their sizes count. One that does not hold the file is an error.
  bool precompressed = false;
  /// False: nobody asks for sizes by brotli, which take nearly all of the time. They are made all the same where the
  /// files have no more than kFewBytes together.
  bool brotli = true;
  static constexpr std::uint64_t kFewBytes = std::uint64_t{4} << 20;
};

/// Measures each file under the folder `root`, in the order of `build_files`. Links are followed only inside of the
/// root. Compresses on all cores, the biggest first.
std::vector<FileSizes> measure_files(const FileSystem& files, const std::string& root,
                                     const std::vector<BuildFile>& build_files, const FileSizeOptions& options = {});

}  // namespace budgetcheck
