#include "collect/load_test/text/tool_number.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kLongest = 64;  // of a number, with its separators
constexpr std::size_t kGroup = 3;

bool is_number_digit(char c) { return c >= '0' && c <= '9'; }

/// "10,420": digits in groups of three, all behind the same separator.
std::optional<std::string> without_groups(std::string_view text, char separator) {
  std::string digits;
  std::size_t group = 0;
  bool is_first = true;
  for (const char c : text) {
    if (is_number_digit(c)) {
      digits += c;
      ++group;
    } else if (c == separator && group > 0 && (is_first ? group <= kGroup : group == kGroup)) {
      is_first = false;
      group = 0;
    } else {
      return std::nullopt;
    }
  }
  return !digits.empty() && (is_first || group == kGroup) ? std::optional(digits) : std::nullopt;
}

/// The separators of a narrow or a fixed blank become a plain one.
std::string plain_blanks(std::string_view text) {
  std::string out(text);
  for (const std::string_view blank : {"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"}) {
    out = replace_all(std::move(out), blank, " ");
  }
  return out;
}

struct TimeWord {
  std::string_view name;
  double ms = 1;
  double over = 1;  ///< so many of it are `ms`: a division of 175 by 1000 is exact where a product with 0.001 is not
};

/// The longer of two that begin alike first.
constexpr std::array kTimeWords{
    TimeWord{"milliseconds", 1},
    TimeWord{"seconds", 1e3},
    TimeWord{"second", 1e3},
    TimeWord{"secs", 1e3},
    TimeWord{"msecs", 1},
    TimeWord{"msec", 1},
    TimeWord{"sec", 1e3},
    TimeWord{"mins", 6e4},
    TimeWord{"min", 6e4},
    TimeWord{"ms", 1},
    TimeWord{"us", 1, 1e3},
    TimeWord{"\xC2\xB5s", 1, 1e3},
    TimeWord{"\xCE\xBCs", 1, 1e3},
    TimeWord{"\xB5s", 1, 1e3},
    TimeWord{"ns", 1, 1e6},
    TimeWord{"s", 1e3},
    TimeWord{"m", 6e4},
    TimeWord{"h", 3.6e6},
};

}  // namespace

std::optional<double> tool_number(std::string_view text) {
  const std::string_view whole = trim(text);
  if (whole.empty() || whole.size() > kLongest || !(is_number_digit(whole.front()) || whole.front() == '.')) {
    return std::nullopt;
  }
  const std::size_t comma = whole.rfind(',');
  if (comma == std::string_view::npos) {
    return parse_number(whole);
  }
  const std::size_t point = whole.rfind('.');
  const auto commas = std::count(whole.begin(), whole.end(), ',');
  if (point == std::string_view::npos && commas == 1) {
    return parse_number(replace_all(std::string(whole), ",", "."));
  }
  // The last separator of two kinds is the decimal one; several of one kind are groups.
  const std::size_t decimal = point == std::string_view::npos ? whole.size() : std::max(point, comma);
  const char grouping = decimal == comma ? '.' : ',';
  const auto integer = without_groups(whole.substr(0, decimal), grouping);
  if (!integer) {
    return std::nullopt;
  }
  const std::string fraction(decimal < whole.size() ? whole.substr(decimal + 1) : std::string_view());
  return parse_number(fraction.empty() ? *integer : *integer + "." + fraction);
}

std::optional<std::uint64_t> tool_count(std::string_view text) {
  const std::string plain = plain_blanks(trim(text).substr(0, 2 * kLongest));
  if (plain.empty() || plain.size() > kLongest) {
    return std::nullopt;
  }
  double scale = 1;
  std::string_view digits = plain;
  for (const auto& [letter, factor] : {std::pair('k', 1e3), std::pair('M', 1e6)}) {
    if (digits.back() == letter) {
      digits.remove_suffix(1);
      scale = factor;
      break;
    }
  }
  constexpr double kMost = 1e15;  // whole numbers up to it are exact
  if (scale > 1) {
    const auto number = tool_number(digits);
    const double count = number ? std::round(*number * scale) : -1;
    return count >= 0 && count < kMost ? std::optional(static_cast<std::uint64_t>(count)) : std::nullopt;
  }
  for (const char separator : {',', '.', ' ', '\'', '_'}) {
    if (const auto plain_digits = without_groups(digits, separator)) {
      const auto number = parse_number(*plain_digits);
      return number && *number < kMost ? std::optional(static_cast<std::uint64_t>(*number)) : std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<double> tool_duration_ms(std::string_view text, double bare) {
  std::string_view rest = trim(text);
  if (rest.empty() || rest.size() > kLongest) {
    return std::nullopt;
  }
  double sum = 0;
  bool has_unit = false;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_not_of("0123456789.,"), rest.size());
    const auto number = tool_number(rest.substr(0, end));
    if (!number) {
      return std::nullopt;
    }
    rest = trim(rest.substr(end));
    if (rest.empty()) {
      return !has_unit && bare > 0 ? std::optional(*number * bare) : std::nullopt;
    }
    const auto* unit = std::find_if(kTimeWords.begin(), kTimeWords.end(), [&](const TimeWord& word) {
      return rest.starts_with(word.name) &&
             (rest.size() == word.name.size() || is_number_digit(rest[word.name.size()]));
    });
    if (unit == kTimeWords.end()) {
      return std::nullopt;
    }
    sum += *number * unit->ms / unit->over;
    has_unit = true;
    rest.remove_prefix(unit->name.size());
  }
  return has_unit ? std::optional(sum) : std::nullopt;
}

std::string_view word_behind(std::string_view text, std::string_view label) {
  const std::size_t at = text.find(label);
  return at == std::string_view::npos ? std::string_view() : first_word(text.substr(at + label.size())).word;
}

FirstWord first_word(std::string_view text) {
  const std::string_view from = trim(text);
  const std::size_t end = std::min(from.find_first_of(" \t"), from.size());
  return {from.substr(0, end), trim(from.substr(end))};
}

}  // namespace budgetcheck
