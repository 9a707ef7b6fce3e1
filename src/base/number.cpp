#include "base/number.h"

#include <array>
#include <charconv>
#include <cmath>

namespace budgetcheck {

std::optional<double> parse_number(std::string_view text) {
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') {
    text.remove_prefix(1);
  }
  const bool starts_like_a_number =
      !text.empty() && (text.front() == '-' || text.front() == '.' || (text.front() >= '0' && text.front() <= '9'));
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (!starts_like_a_number || code != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::string format_number(double value) {
  if (value == 0) {
    return "0";  // also for -0
  }
  std::array<char, 64> text{};
  const bool plain = std::fabs(value) < 1e15 && std::fabs(value) >= 1e-6;
  const auto result = plain ? std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed)
                            : std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), result.ptr};
}

std::string format_rounded(double value, int digits) {
  const double scale = std::pow(10.0, digits);
  const double rounded = std::round(value * scale) / scale;
  return format_number(std::isfinite(rounded) ? rounded : value);
}

}  // namespace budgetcheck
