#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace budgetcheck {

/// What a number counts. Values inside the program are always in the base unit of their dimension:
/// bytes, milliseconds, points or plain counts; kRatio is a share (1 = 100 %).
enum class Unit { kNone, kBytes, kMilliseconds, kCount, kPoints, kRatio };

/// The name in files: "B", "ms", "1" (count, points and none), "ratio".
std::string_view unit_symbol(Unit unit);
/// Reads a name in files: B kB KiB MB MiB GB GiB us ms s min % 1 ratio points unitless millisecond byte.
/// `scale` is what a number in that unit is multiplied with to get to the base unit.
struct UnitName {
  Unit unit = Unit::kNone;
  double scale = 1;
};
Expected<UnitName> parse_unit(std::string_view name);

/// Names that fit a unit, for messages: "B, kB, KiB, MB, MiB".
std::string units_that_fit(Unit unit);

/// "170 kB", "2.5 s", "12", "10%", "1_000 ms": a number, then an optional unit, in the base unit of `unit`.
/// Errors say which units fit: a missing unit where one is needed (bytes, times), an unknown one ("15O kB"),
/// one of another dimension, a negative size.
Expected<double> parse_quantity(std::string_view text, Unit unit);

/// For people: "170 kB", "2.01 s", "151.3 kB", "12", "0.05", "93 points", "1.5%". Enough digits to tell a value
/// from a limit: pass the limit as `against` and digits grow until the two texts differ (if the values do).
std::string format_quantity(double value, Unit unit);
std::string format_quantity(double value, Unit unit, double against);
/// The same with a sign: "+3.2 kB".
std::string format_delta(double delta, Unit unit);

}  // namespace budgetcheck
