#pragma once

#include <cstdint>
#include <string_view>

// Times as logs write them; for src/collect only.
namespace budgetcheck {

/// A number of a log whose unit and meaning the line itself does not tell.
struct LoggedNumber {
  static constexpr std::int8_t kNone = -1;    ///< no number
  static constexpr std::int8_t kAbsent = -2;  ///< a dash stands in its place

  double value = -1;
  std::int8_t decimals = kNone;  ///< digits behind the point, as written: who wrote it shows in them

  bool is_number() const { return decimals >= 0; }
};

/// A plain decimal number that is not negative.
LoggedNumber logged_number(std::string_view text);

/// A duration that names its units, in milliseconds: "12.5ms", "12.5 ms", "0.12s", and those of Go ("1m2.5s", "1h",
/// "350µs"; µ may be written as JSON escapes it). Negative when it is none, or a number without a unit.
double duration_with_unit(std::string_view text);

}  // namespace budgetcheck
