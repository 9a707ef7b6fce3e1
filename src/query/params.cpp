#include "query/params.h"

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

std::uint64_t combine(std::uint64_t seed, std::uint64_t value) {
  return (seed ^ value) * 0x9E3779B97F4A7C15ULL + (seed >> 29);
}

/// Where the element at `at` ends: at the comma or the bracket that follows it.
std::size_t end_of_element(std::string_view list, std::size_t at, std::uint64_t& entries) {
  std::size_t depth = 0;
  entries = 0;
  for (; at < list.size(); ++at) {
    const char c = list[at];
    if (c >= '0' && c <= '9') {
      continue;  // most of a long list of keys
    }
    if (c == '"') {
      ++at;
      while (at < list.size() && list[at] != '"') {
        at += list[at] == '\\' ? 2U : 1U;
      }
    } else if (c == '[' || c == '{') {
      ++depth;
      entries += depth == 1 ? 1U : 0U;
    } else if (c == ']' || c == '}') {
      if (depth == 0) {
        break;
      }
      --depth;
    } else if (c == ',') {
      if (depth == 0) {
        break;
      }
      entries += depth == 1 ? 1U : 0U;
    }
  }
  return std::min(at, list.size());
}

/// A value that a logger put in place of the real one: all of these would look alike.
bool blacked_out(std::string_view element) {
  constexpr std::string_view kAround = "\"[]<>() ";
  const std::size_t begin = element.find_first_not_of(kAround);
  if (begin == std::string_view::npos) {
    return false;
  }
  const std::string_view word = element.substr(begin, element.find_last_not_of(kAround) + 1 - begin);
  if (word.front() == '*') {
    return word.find_first_not_of('*') == std::string_view::npos;
  }
  constexpr std::array<std::string_view, 5> kWords{"redacted", "filtered", "masked", "hidden", "omitted"};
  constexpr char kLowerCase = 0x20;
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view w) {
    return word.size() == w.size() && (word.front() | kLowerCase) == w.front() && equals_ignoring_case(word, w);
  });
}

const ParamRange* range_of(const std::vector<ParamRange>& ranges, std::uint32_t ordinal) {
  for (const ParamRange& range : ranges) {
    if (ordinal >= range.first && ordinal <= range.last) {
      return &range;
    }
  }
  return nullptr;
}

}  // namespace

ParamHashes hash_params(const Shape& shape, std::string_view params) {
  ParamHashes hashes;
  hashes.all = shape.literals;
  hashes.unpaged = shape.literals_unpaged;
  hashes.rest = shape.literals_rest;
  hashes.list_size = shape.list_size;
  if (shape.placeholders == 0) {
    hashes.known = true;
    return hashes;
  }
  params = trim(params);
  if (params.size() <= 2 || params.front() != '[' || params.back() != ']') {
    return hashes;
  }
  hashes.all = combine(hashes.all, hash64(params));
  std::uint32_t ordinal = 1;
  for (std::size_t at = 1; at < params.size(); ++ordinal) {
    const ParamRange* range = range_of(shape.ranges, ordinal);
    const std::size_t begin = at;
    std::uint64_t entries = 0;
    std::size_t end = end_of_element(params, at, entries);
    if (blacked_out(params.substr(begin, end - begin))) {
      return hashes;
    }
    // A list of keys is one thing, however long.
    for (;
         range != nullptr && range->kind == ParamRange::Kind::kList && ordinal < range->last && end + 1 < params.size();
         ++ordinal) {
      end = end_of_element(params, end + 1, entries);
    }
    const std::uint64_t hash = hash64(params.substr(begin, end - begin));
    if (range == nullptr || range->kind != ParamRange::Kind::kPage) {
      hashes.unpaged = combine(hashes.unpaged, hash);
    }
    if (range == nullptr) {
      hashes.rest = combine(hashes.rest, hash);
    } else if (range->kind == ParamRange::Kind::kArray) {
      hashes.list_size = std::max(hashes.list_size, entries);
    }
    at = end + 1;
  }
  hashes.known = true;
  return hashes;
}

}  // namespace budgetcheck
