#include "json/yaml_scalar.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <string_view>

#include "base/number.h"

namespace budgetcheck::json {
namespace {

constexpr std::string_view kDigits = "0123456789";

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::size_t digits_at(std::string_view text, std::size_t at) {
  const std::size_t end = text.find_first_not_of(kDigits, at);
  return std::min(end, text.size()) - std::min(at, text.size());
}

/// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool is_decimal(std::string_view text) {
  std::size_t at = text.starts_with('-') || text.starts_with('+') ? 1 : 0;
  const std::size_t whole = digits_at(text, at);
  at += whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = digits_at(text, at + 1);
    if (whole == 0 && fraction == 0) {
      return false;
    }
    at += 1 + fraction;
  } else if (whole == 0) {
    return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    at += at < text.size() && (text[at] == '-' || text[at] == '+') ? 1U : 0U;
    const std::size_t exponent = digits_at(text, at);
    if (exponent == 0) {
      return false;
    }
    at += exponent;
  }
  return at == text.size();
}

/// The number that an octal (0o17) or hexadecimal (0x1F) text stands for.
std::optional<double> based_number(std::string_view text) {
  const int base = text.starts_with("0o") ? 8 : text.starts_with("0x") ? 16 : 0;
  if (base == 0 || text.size() < 3) {
    return std::nullopt;
  }
  std::uint64_t value = 0;
  const auto [end, code] = std::from_chars(text.data() + 2, text.data() + text.size(), value, base);
  if (code != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return static_cast<double>(value);
}

}  // namespace

std::optional<Value> resolve_plain_scalar(const std::string& text) {
  if (is_one_of(text, {"", "~", "null", "Null", "NULL"})) {
    return Value();
  }
  if (is_one_of(text, {"true", "True", "TRUE"})) {
    return Value(true);
  }
  if (is_one_of(text, {"false", "False", "FALSE"})) {
    return Value(false);
  }
  if (const auto number = based_number(text)) {
    return Value(*number);
  }
  if (is_decimal(text)) {
    if (const auto number = parse_number(text)) {
      return Value(*number);
    }
    return std::nullopt;
  }
  const std::string_view unsigned_part =
      std::string_view(text).substr(text.starts_with('-') || text.starts_with('+') ? 1 : 0);
  if (is_one_of(unsigned_part, {".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"})) {
    return std::nullopt;
  }
  return Value(text);
}

}  // namespace budgetcheck::json
