#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/location.h"

namespace budgetcheck {

/// Turns rising byte offsets into lines in one pass over the text.
class LinesOfOffsets {
 public:
  LinesOfOffsets(std::string file, std::string_view bytes) : file_(std::move(file)), bytes_(bytes) {}

  /// Where a list or a mapping begins.
  Location at(std::uint64_t offset) {
    const std::size_t begin = std::min<std::size_t>(static_cast<std::size_t>(offset), bytes_.size());
    if (begin < seen_) {
      seen_ = line_start_ = 0;
      line_ = 1;
    }
    for (; seen_ < begin; ++seen_) {
      if (bytes_[seen_] == '\n') {
        ++line_;
        line_start_ = seen_ + 1;
      }
    }
    return {file_, line_, static_cast<std::uint32_t>(begin - line_start_ + 1), {}};
  }

 private:
  std::string file_;
  std::string_view bytes_;
  std::size_t seen_ = 0;
  std::size_t line_start_ = 0;
  std::uint32_t line_ = 1;
};

}  // namespace budgetcheck
