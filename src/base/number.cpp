#include "base/number.h"

#include <array>
#include <charconv>
#include <cmath>

namespace budgetcheck {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "1795416840001", "2.735": with at most 15 digits these and the power of ten are exact as doubles, so one division
/// gives the nearest double. Null: it is not as short and plain as that.
LeadingNumber short_number(std::string_view text) {
  constexpr std::size_t kDigits = 15;
  constexpr std::array<double, kDigits + 1> kPowers{1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  std::uint64_t digits = 0;
  std::size_t at = 0;
  const auto take_digits = [&](std::size_t most) {
    const std::size_t begin = at;
    for (; at < text.size() && is_digit(text[at]) && at - begin <= most; ++at) {
      digits = digits * 10 + static_cast<std::uint64_t>(text[at] - '0');
    }
    return at - begin;
  };
  const std::size_t whole = take_digits(kDigits);
  std::size_t fraction = 0;
  if (at < text.size() && text[at] == '.') {
    ++at;
    fraction = take_digits(kDigits);
    if (fraction == 0) {
      return {};
    }
  }
  const bool goes_on =
      at < text.size() && (text[at] == '.' || text[at] == 'e' || text[at] == 'E' || is_digit(text[at]));
  if (whole == 0 || whole + fraction > kDigits || goes_on) {
    return {};
  }
  return {static_cast<double>(digits) / kPowers[fraction], text.data() + at};
}

}  // namespace

LeadingNumber leading_number(std::string_view text) {
  if (const LeadingNumber number = short_number(text); number.end != nullptr) {
    return number;
  }
  double value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  return code == std::errc() ? LeadingNumber{value, end} : LeadingNumber{};
}

std::optional<double> parse_number(std::string_view text) {
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') {
    text.remove_prefix(1);
  }
  const bool starts_like_a_number =
      !text.empty() && (text.front() == '-' || text.front() == '.' || (text.front() >= '0' && text.front() <= '9'));
  const LeadingNumber number = leading_number(text);
  if (!starts_like_a_number || number.end != text.data() + text.size() || !std::isfinite(number.value)) {
    return std::nullopt;
  }
  return number.value;
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
