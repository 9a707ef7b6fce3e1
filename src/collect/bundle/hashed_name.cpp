#include "collect/bundle/hashed_name.h"

#include <algorithm>
#include <cstddef>

#include "base/text.h"
#include "model/asset_name.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kHashMark = "[hash]";
constexpr std::size_t kShort = 8;       ///< of esbuild, Rollup and Vite
constexpr std::size_t kTurbopack = 13;  ///< of turbopack

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_dash(char c) { return c == '-' || c == '_'; }
bool is_base64url(char c) { return is_digit(c) || is_lower(c) || is_upper(c) || is_dash(c); }
bool is_base32(char c) { return is_upper(c) || (c >= '2' && c <= '7'); }

template <class Test>
bool all_of(std::string_view text, const Test& test) {
  return std::all_of(text.begin(), text.end(), test);
}

/// Words as people write them: "settings", "SETTINGS", "UserMenu", "2024", "part12". No dash.
bool is_word(std::string_view text) {
  if (text.empty()) {
    return false;
  }
  if (all_of(text, is_digit) || all_of(text, is_upper)) {
    return true;
  }
  while (is_digit(text.back())) {
    text.remove_suffix(1);
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

/// Words with dashes between them.
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

/// The name of a file, split so that a hash can stand at the end of its stem.
struct Parts {
  std::string_view folder;  ///< with its '/'
  std::string_view stem;
  std::string_view ending;  ///< from the last '.'
};

Parts split(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  const std::size_t begin = slash == std::string_view::npos ? 0 : slash + 1;
  const std::size_t dot = name.rfind('.');
  const std::size_t end = dot == std::string_view::npos || dot <= begin ? name.size() : dot;
  return {name.substr(0, begin), name.substr(begin, end - begin), name.substr(end)};
}

/// Length of the hash at the end of the stem; 0: there is none.
std::size_t tail_hash(std::string_view stem, HashStyle style) {
  const auto follows = [&](std::size_t length, std::string_view separators) {
    return stem.size() > length + 1 && separators.find(stem[stem.size() - length - 1]) != std::string_view::npos;
  };
  if (style == HashStyle::kTurbopack || style == HashStyle::kAny) {
    const std::string_view tail = stem.substr(stem.size() - std::min(stem.size(), kTurbopack));
    const auto fits = [](char c) { return is_digit(c) || is_lower(c) || is_dash(c); };
    const bool place = stem.size() == kTurbopack || (style == HashStyle::kTurbopack && follows(kTurbopack, "-")) ||
                       (style == HashStyle::kAny && stem.starts_with("turbopack-") && follows(kTurbopack, "-"));
    if (tail.size() == kTurbopack && place && all_of(tail, fits) && std::any_of(tail.begin(), tail.end(), is_digit) &&
        !is_words(tail)) {
      return kTurbopack;
    }
  }
  if (stem.size() < kShort) {
    return 0;
  }
  const std::string_view tail = stem.substr(stem.size() - kShort);
  if (style == HashStyle::kBase32 && all_of(tail, is_base32)) {
    const bool digits = std::any_of(tail.begin(), tail.end(), is_digit);
    return follows(kShort, "-._") || (stem.size() == kShort && digits) ? kShort : 0;
  }
  if ((style == HashStyle::kBase64Url || style == HashStyle::kAny) && all_of(tail, is_base64url) &&
      (follows(kShort, "-.") || (stem.size() == kShort && style == HashStyle::kBase64Url)) && !is_words(tail)) {
    return kShort;
  }
  return 0;
}

}  // namespace

std::string stable_hashed_name(std::string_view name, HashStyle style, std::string_view known_stem) {
  const std::string_view file = without_query(name);
  const Parts parts = split(file);
  std::size_t length = 0;
  if (style == HashStyle::kBase64Url && !known_stem.empty() && parts.stem.size() > known_stem.size() + kShort &&
      parts.stem.starts_with(known_stem) && parts.stem[known_stem.size()] == '-' &&
      all_of(parts.stem.substr(known_stem.size() + 1), is_base64url)) {
    length = parts.stem.size() - known_stem.size() - 1;
  } else if (style != HashStyle::kHex) {
    length = tail_hash(parts.stem, style);
  }
  if (length == 0) {
    return stable_asset_name(file, {});
  }
  const std::string_view before = parts.stem.substr(0, parts.stem.size() - length);
  return printable(std::string(parts.folder) + std::string(before) + std::string(kHashMark) +
                   std::string(parts.ending));
}

}  // namespace budgetcheck
