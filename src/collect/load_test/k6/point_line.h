#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "collect/load_test/k6/point.h"
#include "collect/load_test/point_times.h"

namespace budgetcheck {

/// Reads the lines of `k6 run --out json`. The metrics of one request follow each other with the same tags, and most
/// metrics are not wanted at all: neither is read more than once.
class K6PointLine {
 public:
  enum class Read : std::uint8_t {
    kPoint,   ///< point() is of a wanted metric
    kOther,   ///< of another metric, or what a metric is
    kBroken,  ///< not such a line
  };
  /// FileContent::kGuard readable bytes follow the line.
  Read read(std::string_view line);

  /// Of the last line; its texts live until the next call.
  const K6Point& point() const { return point_; }

 private:
  bool read_as_before(std::string_view line);
  Read read_any(std::string_view line);

  K6Point point_;
  PointTimes times_;
  std::string tail_;  ///< what followed the value in the last line that was read whole
  std::string time_;  ///< as written in that line
  K6Point tagged_;    ///< with the tags and the time of that line; views into tail_
};

}  // namespace budgetcheck
