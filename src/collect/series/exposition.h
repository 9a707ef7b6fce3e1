#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "base/file_system.h"
#include "collect/series/series.h"

namespace budgetcheck {

/// How far a text of metrics could be read.
struct ExpositionCounts {
  std::uint64_t samples = 0;
  std::uint64_t broken = 0;
  std::uint32_t first_broken = 0;  ///< its line
};

/// Reads Prometheus' text exposition (also OpenMetrics): `name{label="value"} 12 1700000000000`. Each sample is one
/// Series with one value, and a time when the line has one. Lines that are none are counted.
ExpositionCounts read_exposition(const FileContent& content,
                                 const std::function<void(Series&& series, std::uint32_t line)>& take);

/// Whether a text begins as an exposition does: with comments `# TYPE` or `# HELP`, and samples.
bool is_exposition(std::string_view head);

}  // namespace budgetcheck
