#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/units.h"

namespace budgetcheck {

/// The limits that may take the place of one that somebody wrote: in its unit and about as precise. For "24 kB" they
/// are whole kilobytes, for "2.5 s" tenths of a second. They are finer where a step would be more than a tenth of the
/// value ("1 MB" near 1.02 MB: 1.1 MB), and have three digits where whole numbers have more ("9000 ms": 10 ms), but
/// counts go up one by one. Numbered from 0 in steps: the limit number n is n steps.
class LimitSteps {
 public:
  /// `written`: a quantity of `unit` as it stands in the file; `near`: the value that a limit is looked for, in the
  /// base unit. Nothing: it is no quantity, or too big for whole steps.
  static std::optional<LimitSteps> like(std::string_view written, Unit unit, double near);

  /// The lowest limit at or above `value` (base unit), and the highest at or below it.
  std::int64_t at_least(double value) const;
  std::int64_t at_most(double value) const;

  /// "26 kB", with the blanks and the separators of the written one.
  std::string text(std::int64_t number) const;
  /// In the base unit, as a reader of the text takes it.
  double value(std::int64_t number) const;

 private:
  double step() const;

  Unit unit_ = Unit::kNone;
  double scale_ = 1;     ///< from the written unit to the base unit
  int exponent_ = 0;     ///< a step is 10^exponent of the written unit
  std::string ending_;   ///< what follows the number: " kB", "%"
  bool groups_ = false;  ///< "250_000"
};

}  // namespace budgetcheck
