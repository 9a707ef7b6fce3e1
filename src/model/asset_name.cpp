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

bool is_word(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool looks_like_hash(std::string_view word) {
  constexpr std::size_t kMinHex = 8;
  constexpr std::size_t kMinMixed = 20;
  std::size_t digits = 0;
  std::size_t lower_hex = 0;
  std::size_t upper_hex = 0;
  std::size_t lower_other = 0;
  std::size_t upper_other = 0;
  for (const char c : word) {
    digits += c >= '0' && c <= '9' ? 1 : 0;
    lower_hex += c >= 'a' && c <= 'f' ? 1 : 0;
    upper_hex += c >= 'A' && c <= 'F' ? 1 : 0;
    lower_other += c > 'f' && c <= 'z' ? 1 : 0;
    upper_other += c > 'F' && c <= 'Z' ? 1 : 0;
  }
  if (lower_other == 0 && upper_other == 0) {
    const bool one_case = lower_hex == 0 || upper_hex == 0;
    return word.size() >= kMinHex && one_case && digits != 0 && lower_hex + upper_hex != 0;
  }
  return word.size() >= kMinMixed && digits != 0 && lower_hex + lower_other != 0 && upper_hex + upper_other != 0;
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

std::string replace_likely_hashes(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = at;
    while (end < text.size() && is_word(text[end])) {
      ++end;
    }
    const std::string_view word = text.substr(at, end - at);
    out += looks_like_hash(word) ? kHashMark : word;
    if (end < text.size()) {
      out += text[end++];
    }
    at = end;
  }
  return out;
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
