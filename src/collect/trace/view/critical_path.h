#pragma once

#include <cstdint>
#include <vector>

#include "collect/trace/view/placed_spans.h"

namespace budgetcheck {

/// What one tree of spans waited for: from its end back to its beginning, the span that ended last before each moment.
/// What runs on after its parent has ended holds nothing up.
class CriticalPath {
 public:
  CriticalPath(const PlacedSpans& spans, std::size_t count, std::uint32_t root);

  /// Nanoseconds in which the root waited for the span itself and for nothing below it.
  std::int64_t waited(std::uint32_t span) const { return waited_[span]; }
  bool holds(std::uint32_t span) const { return on_path_[span]; }

 private:
  std::vector<std::int64_t> waited_;
  std::vector<bool> on_path_;
};

}  // namespace budgetcheck
