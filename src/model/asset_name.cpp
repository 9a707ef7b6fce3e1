#include "model/asset_name.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kHashMark = "[hash]";
/// A shorter "hash" would hit ordinary words.
constexpr std::size_t kMinHash = 4;

constexpr std::array<std::pair<std::string_view, std::string_view>, 37> kTypes{{
    {"js", "js"},      {"mjs", "js"},           {"cjs", "js"},     {"css", "css"},    {"html", "html"},
    {"htm", "html"},   {"woff", "font"},        {"woff2", "font"}, {"ttf", "font"},   {"otf", "font"},
    {"eot", "font"},   {"png", "image"},        {"jpg", "image"},  {"jpeg", "image"}, {"gif", "image"},
    {"svg", "image"},  {"webp", "image"},       {"avif", "image"}, {"ico", "image"},  {"bmp", "image"},
    {"apng", "image"}, {"jxl", "image"},        {"mp4", "media"},  {"webm", "media"}, {"ogg", "media"},
    {"ogv", "media"},  {"oga", "media"},        {"mp3", "media"},  {"wav", "media"},  {"m4a", "media"},
    {"aac", "media"},  {"flac", "media"},       {"mov", "media"},  {"vtt", "media"},  {"wasm", "wasm"},
    {"json", "json"},  {"webmanifest", "json"},
}};

std::string_view base_name(std::string_view name) { return name.substr(name.rfind('/') + 1); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_word(char c) { return is_digit(c) || is_lower(c) || is_upper(c); }

/// A word with a number behind it: "facade12", "decade20". Of 150 hashes of eight digits one looks like that.
bool is_numbered_word(std::string_view word) {
  constexpr std::size_t kMinLetters = 4;
  constexpr std::size_t kMaxLength = 12;
  const auto* const digits = std::find_if(word.begin(), word.end(), is_digit);
  return word.size() <= kMaxLength && static_cast<std::size_t>(digits - word.begin()) >= kMinLetters &&
         std::all_of(digits, word.end(), is_digit);
}

/// Words joined by capitals change seldom between capitals, small letters and digits: "CustomerOrderHistoryV2".
bool is_joined_words(std::string_view word) {
  constexpr std::size_t kLettersOfWord = 4;
  std::size_t words = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char before = i == 0 ? '\0' : word[i - 1];
    const bool goes_on = (is_digit(word[i]) && is_digit(before)) || (is_upper(word[i]) && is_upper(before)) ||
                         (is_lower(word[i]) && (is_lower(before) || is_upper(before)));
    words += goes_on ? 0U : 1U;
  }
  return words * kLettersOfWord <= word.size();
}

bool looks_like_hash(std::string_view word) {
  constexpr std::size_t kMinHex = 8;
  constexpr std::size_t kMinMixed = 20;
  std::size_t digits = 0;
  std::size_t lower_hex = 0;
  std::size_t upper_hex = 0;
  std::size_t lower_other = 0;
  std::size_t upper_other = 0;
  for (const char c : word) {
    digits += is_digit(c) ? 1U : 0U;
    lower_hex += c >= 'a' && c <= 'f' ? 1U : 0U;
    upper_hex += c >= 'A' && c <= 'F' ? 1U : 0U;
    lower_other += c > 'f' && c <= 'z' ? 1U : 0U;
    upper_other += c > 'F' && c <= 'Z' ? 1U : 0U;
  }
  if (lower_other == 0 && upper_other == 0) {
    const bool one_case = lower_hex == 0 || upper_hex == 0;
    return word.size() >= kMinHex && one_case && digits != 0 && lower_hex + upper_hex != 0 && !is_numbered_word(word);
  }
  return word.size() >= kMinMixed && digits != 0 && lower_hex + lower_other != 0 && upper_hex + upper_other != 0 &&
         !is_joined_words(word);
}

/// How many characters of `text` at `at` are an id as crypto.randomUUID() writes it; 0: none begins there.
std::size_t uuid_at(std::string_view text, std::size_t at) {
  constexpr std::array<std::size_t, 5> kGroups{8, 4, 4, 4, 12};
  std::size_t end = at;
  for (const std::size_t group : kGroups) {
    if (group != kGroups.front() && (end >= text.size() || text[end++] != '-')) {
      return 0;
    }
    for (std::size_t i = 0; i < group; ++i, ++end) {
      if (end >= text.size() || !(is_digit(text[end]) || (text[end] >= 'a' && text[end] <= 'f'))) {
        return 0;
      }
    }
  }
  return end == text.size() || !is_word(text[end]) ? end - at : 0;
}

/// Replaces `hash` where no letter or digit touches it.
bool replace_word(std::string& text, std::string_view hash) {
  bool replaced = false;
  std::size_t at = text.find(hash);
  while (at != std::string::npos) {
    const std::size_t end = at + hash.size();
    const bool alone = (at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]));
    if (alone) {
      text.replace(at, hash.size(), kHashMark);
      replaced = true;
    }
    at = text.find(hash, alone ? at + kHashMark.size() : at + 1);
  }
  return replaced;
}

/// Where words stand that are likely hashes: begin and length.
std::vector<std::pair<std::size_t, std::size_t>> likely_hashes(std::string_view text) {
  std::vector<std::pair<std::size_t, std::size_t>> found;
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::size_t end = at + uuid_at(text, at);
    const bool is_uuid = end != at;
    while (!is_uuid && end < text.size() && is_word(text[end])) {
      ++end;
    }
    if (is_uuid || looks_like_hash(text.substr(at, end - at))) {
      found.emplace_back(at, end - at);
    }
    at = std::max(at, end);
  }
  return found;
}

/// Of two in one file's name the last is of its content, and the other names the chunk: "4bd1b696-f785427dddbba9fb.js"
/// is React of every build with Next.js.
std::string replace_likely_hashes(std::string_view text) {
  const std::size_t file = text.rfind('/') + 1;  // 0 without one
  std::string out;
  std::size_t done = 0;
  const auto found = likely_hashes(text);
  for (const auto& [at, length] : found) {
    if (at >= file && at != found.back().first) {
      continue;
    }
    out += text.substr(done, at - done);
    out += kHashMark;
    done = at + length;
  }
  return out += text.substr(done);
}

}  // namespace

std::string_view without_query(std::string_view name) { return name.substr(0, name.find('?')); }

std::string_view asset_type(std::string_view name) {
  const std::string_view base = base_name(without_query(name));
  const std::size_t dot = base.rfind('.');
  if (dot == std::string_view::npos) {
    return "other";
  }
  const std::string extension = lower(base.substr(dot + 1));
  const auto* const found =
      std::find_if(kTypes.begin(), kTypes.end(), [&](const auto& row) { return row.first == extension; });
  return found == kTypes.end() ? "other" : found->second;
}

bool is_side_file(std::string_view name) {
  constexpr std::array<std::string_view, 6> kEndings{".map", ".license.txt", ".license", ".gz", ".br", ".zst"};
  const std::string base = lower(base_name(without_query(name)));
  return std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view end) { return base.ends_with(end); });
}

std::string stable_asset_name(std::string_view name, const std::vector<std::string>& hashes) {
  std::string stable(without_query(name));
  bool replaced = false;
  for (const std::string& hash : hashes) {
    if (hash.size() >= kMinHash) {
      replaced = replace_word(stable, hash) || replaced;
    }
  }
  return printable(replaced ? stable : replace_likely_hashes(stable));
}

}  // namespace budgetcheck
