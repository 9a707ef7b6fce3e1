#pragma once

#include <string_view>

namespace budgetcheck::personal {

/// Whether a line may hold something to be found, as written: escapes of JSON are still in it. Most lines of a log do
/// not, and are passed over at the speed of memory. FileContent::kGuard readable bytes follow the line.
class Prefilter {
 public:
  /// Names of members are looked at, too, unless the caller knows that none of them is the name of a secret.
  enum class Names { kLookedAt, kKnown };

  static bool may_hold(std::string_view line, Names names = Names::kLookedAt);

  /// Whether a member of the object on the line has the name of a secret.
  static bool names_secret(std::string_view line);
};

}  // namespace budgetcheck::personal
