#pragma once

#include <cstddef>
#include <memory>

#include "base/file_system.h"

namespace budgetcheck {

/// What one stream may bring: it has no pages that could be given back, so it is bounded.
constexpr std::size_t kMaxStreamBytes = std::size_t{1} << 30;

/// A stream that was read to its end, or why it was not.
struct StreamRead {
  std::unique_ptr<FileContent> content;  ///< null: `error` says why, or, when that is 0, it is longer than the limit
  int error = 0;                         ///< of the operating system
};

/// Reads at most `max` bytes; what one more byte would make too long stops there. Holds no more than what came.
StreamRead read_stream(int descriptor, std::size_t max);

}  // namespace budgetcheck
