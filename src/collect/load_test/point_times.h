#pragma once

#include <string>
#include <string_view>

namespace budgetcheck {

/// Reads times that come one after the other: only what changed since the last one is read again.
class PointTimes {
 public:
  /// Milliseconds since 1970 of a time as RFC 3339 writes it, to the nanosecond as far as a double holds it; negative
  /// for anything else.
  double of_text(std::string_view text);
  /// The same of a number, in seconds, milliseconds, microseconds or nanoseconds by its size.
  static double of_number(double value);

 private:
  std::string minute_;  ///< up to the seconds
  std::string zone_;
  double minute_ms_ = -1;
};

}  // namespace budgetcheck
