#include "query/sql/params.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/hash.h"
#include "base/text.h"
#include "json/scan/blocks.h"

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
  if (element[begin] >= '0' && element[begin] <= '9') {
    return false;  // by far the most
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

/// Cuts a list at its commas, 64 bytes at a time. At the first thing that is not a plain value (a list or an object
/// inside, an escape outside of a string) end_of_element takes over for the rest; it gives the same ends.
class Elements {
 public:
  explicit Elements(std::string_view list) : list_(list) {}

  /// Where the element at `at` ends: at the comma or the bracket behind it. Elements are asked for in order.
  std::size_t end_from(std::size_t at, std::uint64_t& entries) {
    while (flat_) {
      if (stops_ != 0) {
        const auto stop = static_cast<std::size_t>(std::countr_zero(stops_));
        stops_ &= stops_ - 1;
        return block_ + stop;
      }
      next_block();
    }
    return end_of_element(list_, at, entries);
  }

  /// Passes over `count` elements, or as many as there are, behind the one that ended at `end`.
  std::size_t pass(std::size_t count, std::size_t end, std::uint64_t& entries) {
    while (count > 0 && end + 1 < list_.size()) {
      const auto ready = static_cast<std::size_t>(std::popcount(stops_));
      if (flat_ && ready != 0 && ready < count) {
        end = block_ + static_cast<std::size_t>(std::bit_width(stops_)) - 1;
        stops_ = 0;
        count -= ready;
      } else {
        end = end_from(end + 1, entries);
        --count;
      }
    }
    return end;
  }

 private:
  void next_block() {
    block_ = next_;
    next_ += json::kScanBlock;
    if (block_ >= list_.size()) {
      flat_ = false;  // it ends inside a string
      return;
    }
    const std::size_t size = std::min(list_.size() - block_, json::kScanBlock);
    std::array<char, json::kScanBlock> padded{};
    const char* block = list_.data() + block_;
    if (size < json::kScanBlock) {
      std::memcpy(padded.data(), block, size);
      block = padded.data();
    }
    constexpr char kFold = 0x20;  // makes braces of brackets
    const json::StringMasks masks = json::string_masks(block);
    const std::uint64_t quotes = masks.quote & ~json::escaped_bytes(masks.backslash, escape_carry_);
    const std::uint64_t plain = ~json::bytes_in_strings(quotes, in_string_);
    std::uint64_t brackets = (json::equal_bytes(block, kFold, '{') | json::equal_bytes(block, kFold, '}')) & plain;
    stops_ = json::equal_bytes(block, 0, ',') & plain;
    if (block_ + size == list_.size()) {
      const std::uint64_t last = brackets & (std::uint64_t{1} << (size - 1));  // ends the list
      brackets ^= last;
      stops_ |= last;
    }
    flat_ = brackets == 0 && (masks.backslash & plain) == 0;
  }

  std::string_view list_;
  std::size_t block_ = 0;
  std::size_t next_ = 1;  ///< behind the bracket that opens the list
  std::uint64_t stops_ = 0;
  std::uint64_t escape_carry_ = 0;
  bool in_string_ = false;
  bool flat_ = true;
};

/// Placeholder `number` says which rows the statement is about.
bool is_key(const Shape& shape, std::uint32_t number) {
  constexpr std::uint32_t kMost = 64;
  return number <= kMost && (shape.keys >> (number - 1) & 1U) != 0;
}

bool is_one(std::string_view number) { return number == "1" || number == "\"1\""; }

const ParamRange* range_of(const std::vector<ParamRange>& ranges, std::uint32_t ordinal) {
  for (const ParamRange& range : ranges) {
    if (ordinal >= range.first && ordinal <= range.last) {
      return &range;
    }
  }
  return nullptr;
}

}  // namespace

bool limits_nothing(std::string_view number) {
  constexpr std::size_t kDigitsOfMost = 18;  // more rows than any table has
  constexpr std::string_view kAround = "\"' ";
  const std::size_t begin = number.find_first_not_of(kAround);
  if (begin == std::string_view::npos) {
    return false;
  }
  number = number.substr(begin, number.find_last_not_of(kAround) + 1 - begin);
  if (number.front() == '-') {
    return number.size() > 1;
  }
  return number.size() >= kDigitsOfMost && number.find_first_not_of("0123456789") == std::string_view::npos;
}

ParamHashes hash_params(const Shape& shape, std::string_view params) {
  ParamHashes hashes;
  hashes.all = shape.literals;
  hashes.unpaged = shape.literals_unpaged;
  hashes.rest = shape.literals_rest;
  hashes.list_size = shape.list_size;
  hashes.keys = shape.keyed ? shape.literals_keys : hashes.all;
  if (shape.placeholders == 0) {
    hashes.known = true;
    return hashes;
  }
  params = trim(params);
  if (params.size() <= 2 || params.front() != '[' || params.back() != ']') {
    return hashes;
  }
  hashes.all = combine(hashes.all, hash64(params));
  hashes.keys = shape.keyed ? shape.literals_keys : hashes.all;
  std::uint32_t ordinal = 1;
  Elements elements(params);
  for (std::size_t at = 1; at < params.size(); ++ordinal) {
    const ParamRange* range = range_of(shape.ranges, ordinal);
    const std::size_t begin = at;
    bool key = is_key(shape, ordinal);
    std::uint64_t entries = 0;
    std::size_t end = elements.end_from(at, entries);
    if (blacked_out(params.substr(begin, end - begin))) {
      return hashes;
    }
    // A list of keys is one thing, however long; of a row, single values may be the key.
    if (range != nullptr && range->kind == ParamRange::Kind::kList && ordinal < range->last) {
      if (shape.verb == Verb::kInsert && shape.keys != 0) {
        hashes.keys = key ? combine(hashes.keys, hash64(params.substr(begin, end - begin))) : hashes.keys;
        key = false;
        for (; ordinal < range->last && end + 1 < params.size(); ++ordinal) {
          const std::size_t from = end + 1;
          end = elements.end_from(from, entries);
          const std::uint64_t value = hash64(params.substr(from, end - from));
          hashes.keys = is_key(shape, ordinal + 1) ? combine(hashes.keys, value) : hashes.keys;
        }
      } else {
        end = elements.pass(range->last - ordinal, end, entries);
      }
      ordinal = range->last;
    }
    if (ordinal == shape.limit) {
      hashes.unlimited = hashes.unlimited || limits_nothing(params.substr(begin, end - begin));
      hashes.single = is_one(trim(params.substr(begin, end - begin)));
    }
    const std::uint64_t hash = hash64(params.substr(begin, end - begin));
    hashes.keys = key ? combine(hashes.keys, hash) : hashes.keys;
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
