#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace budgetcheck {

/// Adds, sticking at the largest value instead of wrapping around.
inline std::uint64_t saturating_add(std::uint64_t a, std::uint64_t b) {
  std::uint64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? UINT64_MAX : sum;
}

/// The number with which `text` begins, read as std::from_chars does, and where it ends; null: there is none. The short
/// ones of logs take a fraction of the time.
struct LeadingNumber {
  double value = 0;
  const char* end = nullptr;
};
LeadingNumber leading_number(std::string_view text);

/// The whole of `text` as a finite decimal number; nothing for anything else ("", "1x", "inf", "0x10").
std::optional<double> parse_number(std::string_view text);

/// Shortest decimal text that reads back as the same double, without an exponent below 1e15.
std::string format_number(double value);

/// Rounded to `digits` after the point, trailing zeros kept off.
std::string format_rounded(double value, int digits);

}  // namespace budgetcheck
