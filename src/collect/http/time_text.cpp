#include "collect/http/time_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kDigits = "0123456789";

struct TimeUnit {
  std::string_view name;
  double ms;
};

/// The longer names come first.
constexpr std::array<TimeUnit, 9> kUnits{{{"ms", 1},
                                          {"us", 1e-3},
                                          {"\xC2\xB5s", 1e-3},
                                          {"\xCE\xBCs", 1e-3},
                                          {"\\u00b5s", 1e-3},
                                          {"ns", 1e-6},
                                          {"s", 1e3},
                                          {"m", 6e4},
                                          {"h", 3.6e6}}};

/// Takes digits with at most one point among them; negative when none begin the text.
double take_number(std::string_view& text) {
  const std::size_t whole = std::min(text.find_first_not_of(kDigits), text.size());
  std::size_t end = whole;
  if (end < text.size() && text[end] == '.') {
    end = std::min(text.find_first_not_of(kDigits, end + 1), text.size());
  }
  double value = -1;
  const bool is_number =
      whole > 0 && std::from_chars(text.data(), text.data() + end, value).ec == std::errc() && std::isfinite(value);
  text.remove_prefix(end);
  return is_number ? value : -1;
}

}  // namespace

LoggedNumber logged_number(std::string_view text) {
  constexpr std::size_t kMostDecimals = 100;
  LoggedNumber number;
  if (text == "-") {
    number.decimals = LoggedNumber::kAbsent;
    return number;
  }
  std::string_view rest = text;
  const double value = take_number(rest);
  const std::size_t point = text.find('.');
  const std::size_t decimals = point == std::string_view::npos ? 0 : text.size() - point - 1;
  if (value < 0 || !rest.empty() || (point != std::string_view::npos && decimals == 0) || decimals > kMostDecimals) {
    return number;
  }
  number.value = value;
  number.decimals = static_cast<std::int8_t>(decimals);
  return number;
}

double duration_with_unit(std::string_view text) {
  constexpr double kMostPlausible = 9007199254740992.0;
  double total = 0;
  text = trim(text);
  if (text.empty()) {
    return -1;
  }
  while (!text.empty()) {
    const double value = take_number(text);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const auto* unit =
        std::find_if(kUnits.begin(), kUnits.end(), [&](const TimeUnit& u) { return text.starts_with(u.name); });
    if (value < 0 || unit == kUnits.end()) {
      return -1;
    }
    total += value * unit->ms;
    text.remove_prefix(unit->name.size());
  }
  return total <= kMostPlausible ? total : -1;
}

}  // namespace budgetcheck
