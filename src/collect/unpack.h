#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/error.h"
#include "base/file_system.h"

namespace budgetcheck {

struct UnpackLimits {
  /// It is held in memory: a file on the disk has pages that can be given back, this has not.
  std::size_t max_bytes = std::size_t{1} << 30;
  /// Logs and stats come to a tenth or a hundredth of their size; what promises more was made to fill the memory.
  std::size_t max_ratio = 250;
  std::size_t ratio_from = std::size_t{16} << 20;  ///< bytes below which the ratio does not matter
};

/// What every format is given in the place of an opened input: gzip is unpacked (all members of the file, their sums
/// checked), and UTF-16 with a byte-order mark, as PowerShell's '>' writes it, becomes UTF-8. Anything else is
/// `content` itself. `unchanged` still means the file on the disk. Errors: kInput with path and hint: cut off, damaged,
/// text behind it, beyond the limits.
Expected<std::unique_ptr<FileContent>> unpack(const std::string& path, std::unique_ptr<FileContent> content,
                                              const UnpackLimits& limits = {});

}  // namespace budgetcheck
