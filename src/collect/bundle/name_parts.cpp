#include "collect/bundle/name_parts.h"

#include <algorithm>

namespace budgetcheck {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_dash(char c) { return c == '-' || c == '_'; }
bool is_base64url(char c) { return is_digit(c) || is_lower(c) || is_upper(c) || is_dash(c); }
bool is_base32(char c) { return is_upper(c) || (c >= '2' && c <= '7'); }
bool is_bun(char c) { return is_digit(c) || (is_lower(c) && c != 'i' && c != 'l' && c != 'o' && c != 'u'); }

template <class Test>
bool all_of(std::string_view text, const Test& test) {
  return std::all_of(text.begin(), text.end(), test);
}

bool is_word(std::string_view text) {
  if (text.empty()) {
    return false;
  }
  if (all_of(text, is_digit)) {
    return true;
  }
  while (is_digit(text.back())) {
    text.remove_suffix(1);
  }
  if (all_of(text, is_upper)) {
    return true;
  }
  std::size_t at = 0;
  while (at < text.size()) {
    const bool hump = is_upper(text[at]);
    std::size_t end = at + (hump ? 1 : 0);
    while (end < text.size() && is_lower(text[end])) {
      ++end;
    }
    if (end == at || (hump && end - at < 3)) {
      return false;
    }
    at = end;
  }
  return true;
}

}  // namespace

NameParts split_name(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  const std::size_t begin = slash == std::string_view::npos ? 0 : slash + 1;
  const std::size_t dot = name.rfind('.');
  const std::size_t end = dot == std::string_view::npos || dot <= begin ? name.size() : dot;
  return {name.substr(0, begin), name.substr(begin, end - begin), name.substr(end)};
}

bool is_base64url_text(std::string_view text) { return all_of(text, is_base64url); }
bool is_base32_text(std::string_view text) { return all_of(text, is_base32); }
bool is_bun_text(std::string_view text) { return all_of(text, is_bun); }
bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }
bool has_lower(std::string_view text) { return std::any_of(text.begin(), text.end(), is_lower); }
bool has_upper(std::string_view text) { return std::any_of(text.begin(), text.end(), is_upper); }

bool is_words(std::string_view text) {
  while (true) {
    const auto* const dash = std::find_if(text.begin(), text.end(), is_dash);
    const auto length = static_cast<std::size_t>(dash - text.begin());
    if (!is_word(text.substr(0, length))) {
      return false;
    }
    if (length == text.size()) {
      return true;
    }
    text.remove_prefix(length + 1);
  }
}

bool ends_in_turbopack_hash(std::string_view stem) {
  if (stem.size() < kTurbopackHash) {
    return false;
  }
  const std::string_view tail = stem.substr(stem.size() - kTurbopackHash);
  const char before = stem.size() == kTurbopackHash ? '-' : stem[stem.size() - kTurbopackHash - 1];
  return (before == '-' || before == '.') && is_base64url_text(tail) && !has_upper(tail) && has_digit(tail) &&
         !is_words(tail);
}

}  // namespace budgetcheck
