#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

/// What the parts of the search have in common: ASCII alone, whatever the locale.
namespace budgetcheck::personal {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_letter(char c) { return is_upper(c) || is_lower(c); }
constexpr bool is_alnum(char c) { return is_letter(c) || is_digit(c); }
constexpr bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
/// Of base64url, and of what most tokens are made of.
constexpr bool is_token_char(char c) { return is_alnum(c) || c == '_' || c == '-'; }
constexpr bool is_word_char(char c) { return is_alnum(c) || c == '_'; }
constexpr bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
constexpr int digit_of(char c) { return c - '0'; }
constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

/// '\0' before the first and behind the last.
inline char char_at(std::string_view text, std::size_t at) { return at < text.size() ? text[at] : '\0'; }
inline char char_before(std::string_view text, std::size_t at) { return at > 0 ? text[at - 1] : '\0'; }

/// Behind the run of characters that `test` takes, from `at` on.
template <class Test>
std::size_t end_of_run(std::string_view text, std::size_t at, const Test& test) {
  while (at < text.size() && test(text[at])) {
    ++at;
  }
  return at;
}

template <class Test>
bool any_of(std::string_view text, const Test& test) {
  return std::any_of(text.begin(), text.end(), test);
}
template <class Test>
bool all_of(std::string_view text, const Test& test) {
  return std::all_of(text.begin(), text.end(), test);
}

/// Letters and digits both, as in what a program drew at random.
inline bool is_mixed(std::string_view text) { return any_of(text, is_digit) && any_of(text, is_letter); }

}  // namespace budgetcheck::personal
