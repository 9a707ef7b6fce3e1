#include "collect/bundle/hashed_name.h"

#include <algorithm>

#include "base/text.h"
#include "collect/bundle/name_parts.h"
#include "model/asset_name.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kSeparators = "-._";
constexpr std::size_t kShortestHash = 6;  ///< that Rollup allows
constexpr std::size_t kLongestHash = 64;

bool is_of_alphabet(std::string_view text, HashStyle style) {
  switch (style) {
    case HashStyle::kBase32:
      return is_base32_text(text);
    case HashStyle::kBun:
      return is_bun_text(text);
    case HashStyle::kBase64Url:
      return is_base64url_text(text);
    default:
      return false;
  }
}

/// Length of the hash at the end of the stem; 0: there is none.
std::size_t tail_hash(std::string_view stem, HashStyle style) {
  if (style == HashStyle::kTurbopack) {
    return ends_in_turbopack_hash(stem) ? kTurbopackHash : 0;
  }
  if (style == HashStyle::kHex || stem.size() < kShortHash) {
    return 0;
  }
  const auto follows = [&](std::string_view separators) {
    return stem.size() > kShortHash + 1 &&
           separators.find(stem[stem.size() - kShortHash - 1]) != std::string_view::npos;
  };
  const std::string_view tail = stem.substr(stem.size() - kShortHash);
  const bool whole = stem.size() == kShortHash;
  bool found = false;
  switch (style) {
    case HashStyle::kBase32:
      found = is_base32_text(tail) && (follows(kSeparators) || (whole && has_digit(tail)));
      break;
    case HashStyle::kBun:
      found = is_bun_text(tail) && follows(kSeparators) && (has_digit(tail) || stem.starts_with("chunk-"));
      break;
    default:
      found = is_base64url_text(tail) && (follows("-.") || whole) && !is_words(tail);
  }
  return found ? kShortHash : 0;
}

/// What the name has for a stem that the tool tells: "(id)/page" is written "_id_/page" by Rollup, in any folder.
bool is_same_stem(std::string_view written, std::string_view told) {
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
  };
  return written.size() == told.size() && std::equal(written.begin(), written.end(), told.begin(),
                                                     [&](char a, char b) { return a == b || (a == '_' && !plain(b)); });
}

/// Where the hash stands in the stem of a file.
struct Place {
  std::size_t begin = 0;
  std::size_t length = 0;
};

/// Nothing: the name does not begin with what is told. A length of 0: it has no hash.
std::optional<Place> behind_stem(std::string_view stem, HashStyle style, std::string_view told, std::size_t length) {
  told.remove_prefix(told.rfind('/') + 1);
  if (told.empty() || stem.size() < told.size() || !is_same_stem(stem.substr(0, told.size()), told)) {
    return std::nullopt;
  }
  constexpr std::string_view kLegacy = "legacy";
  std::size_t at = told.size();
  if (stem.substr(at) == "-legacy") {
    return Place{};
  }
  if (stem.substr(at).starts_with("-legacy") && kSeparators.find(stem[at + 1 + kLegacy.size()]) != kSeparators.npos) {
    at += 1 + kLegacy.size();
  }
  if (at == stem.size()) {
    return Place{};
  }
  if (kSeparators.find(stem[at]) == std::string_view::npos) {
    return std::nullopt;
  }
  Place place{at + 1, std::min(stem.find('.', at + 1), stem.size()) - at - 1};
  if (length != 0 && place.length > length + 1 &&
      kSeparators.find(stem[place.begin + place.length - length - 1]) != std::string_view::npos) {
    place = {place.begin + place.length - length, length};
  }
  const std::string_view hash = stem.substr(place.begin, place.length);
  const bool fits = style == HashStyle::kBase64Url ? hash.size() >= kShortestHash && hash.size() <= kLongestHash
                                                   : hash.size() == kShortHash;
  return fits && is_of_alphabet(hash, style) ? std::optional<Place>(place) : std::nullopt;
}

}  // namespace

std::string stable_hashed_name(std::string_view name, HashStyle style, KnownStem known) {
  const std::string_view file = without_query(name);
  const NameParts parts = split_name(file);
  std::optional<Place> place = behind_stem(parts.stem, style, known.stem, known.length);
  if (!place) {
    const std::size_t length = tail_hash(parts.stem, style);
    if (length == 0) {
      return stable_asset_name(file, {});
    }
    place = Place{parts.stem.size() - length, length};
  }
  if (place->length == 0) {
    return printable(file);
  }
  return printable(std::string(parts.folder) + std::string(parts.stem.substr(0, place->begin)) +
                   std::string(kHashMark) + std::string(parts.stem.substr(place->begin + place->length)) +
                   std::string(parts.ending));
}

std::optional<std::size_t> hash_behind_stem(std::string_view name, HashStyle style, std::string_view stem) {
  const std::optional<Place> place = behind_stem(split_name(without_query(name)).stem, style, stem, 0);
  return place ? std::optional(place->length) : std::nullopt;
}

}  // namespace budgetcheck
