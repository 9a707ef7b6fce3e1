#pragma once

#include <cstddef>
#include <string_view>

namespace budgetcheck::personal {

/// Whether a line may hold something to be found, as written: escapes of JSON are still in it. Most lines of a log do
/// not, and are passed over at the speed of memory. FileContent::kGuard readable bytes follow the line.
class Prefilter {
 public:
  /// Names of members are looked at, too, unless the caller knows that none of them is the name of a secret.
  enum class Names { kLookedAt, kKnown };

  static bool may_hold(std::string_view line, Names names = Names::kLookedAt);

  /// Whether something may begin in the first `looked` bytes of the line; what is behind them was looked at before, and
  /// nothing runs over that place.
  static bool may_hold_before(std::string_view line, std::size_t looked, Names names = Names::kLookedAt);

  /// Whether a member of the object on the line has the name of a secret.
  static bool names_secret(std::string_view line);
};

}  // namespace budgetcheck::personal
