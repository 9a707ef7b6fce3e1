#pragma once

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

/// Steps of 64 bytes that say where strings and numbers end. The functions may read up to FileContent::kGuard bytes
/// behind `end`, but find nothing there.
namespace budgetcheck::json {

constexpr std::size_t kScanBlock = 64;

/// One bit for each byte of a block, the first byte lowest.
struct StringMasks {
  std::uint64_t quote = 0;
  std::uint64_t backslash = 0;
  std::uint64_t control = 0;  ///< below 0x20
  std::uint64_t high = 0;     ///< not ASCII
};

#ifdef __SSE2__
inline StringMasks string_masks(const char* block) {
  StringMasks masks;
  for (unsigned i = 0; i < kScanBlock; i += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + i));
    const auto bits = [i](__m128i equal) {
      return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(equal))) << i;
    };
    masks.quote |= bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
    masks.backslash |= bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    masks.control |= bits(_mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes));
    masks.high |= bits(bytes);
  }
  return masks;
}
#else
inline StringMasks string_masks(const char* block) {
  StringMasks masks;
  for (unsigned i = 0; i < kScanBlock; ++i) {
    const auto c = static_cast<unsigned char>(block[i]);
    const auto bit = [i](bool set) { return static_cast<std::uint64_t>(set) << i; };
    masks.quote |= bit(c == '"');
    masks.backslash |= bit(c == '\\');
    masks.control |= bit(c < 0x20);
    masks.high |= bit(c >= 0x80);
  }
  return masks;
}
#endif

/// The bytes of a block that are `wanted` once the bits of `folded` are set in them.
#ifdef __SSE2__
inline std::uint64_t equal_bytes(const char* block, char folded, char wanted) {
  std::uint64_t mask = 0;
  for (unsigned i = 0; i < kScanBlock; i += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + i));
    const __m128i equal = _mm_cmpeq_epi8(_mm_or_si128(bytes, _mm_set1_epi8(folded)), _mm_set1_epi8(wanted));
    mask |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(equal))) << i;
  }
  return mask;
}
#else
inline std::uint64_t equal_bytes(const char* block, char folded, char wanted) {
  std::uint64_t mask = 0;
  for (unsigned i = 0; i < kScanBlock; ++i) {
    mask |= static_cast<std::uint64_t>((block[i] | folded) == wanted) << i;
  }
  return mask;
}
#endif

/// From each opening quote up to the byte before its closing one. `inside` says whether the block begins in a
/// string, and is set to whether the next one does.
inline std::uint64_t bytes_in_strings(std::uint64_t quotes, bool& inside) {
  for (unsigned shift = 1; shift < kScanBlock; shift *= 2) {
    quotes ^= quotes << shift;
  }
  const std::uint64_t strings = inside ? ~quotes : quotes;
  inside = (strings >> (kScanBlock - 1)) != 0;
  return strings;
}

/// The bytes of a block that stand behind a backslash which is not itself escaped. `carry` is 1 when the first byte
/// of the block is one, and becomes that of the next block. Whether a run of backslashes is even or odd comes from the
/// carry of one addition, not from looking at them one by one.
inline std::uint64_t escaped_bytes(std::uint64_t backslashes, std::uint64_t& carry) {
  constexpr std::uint64_t kEven = 0x5555555555555555ULL;
  if (backslashes == 0) {
    return std::exchange(carry, 0);
  }
  backslashes &= ~carry;
  const std::uint64_t follows = backslashes << 1 | carry;
  const std::uint64_t odd_starts = backslashes & ~kEven & ~follows;
  std::uint64_t on_even = 0;
  carry = __builtin_add_overflow(odd_starts, backslashes, &on_even) ? 1 : 0;
  return (kEven ^ (on_even << 1)) & follows;
}

/// What a string is made of, as far as a reader must care.
struct StringEnd {
  const char* close = nullptr;  ///< its closing quote; null when there is none before the end
  bool escapes = false;         ///< holds a backslash
  bool control = false;         ///< holds a byte below 0x20, which JSON forbids
  bool high = false;            ///< holds bytes that are not ASCII
};

/// The end of the string whose first character is at `at`. Most strings are short: they end in a few steps of 16 bytes.
inline StringEnd end_of_string(const char* at, const char* end) {
  StringEnd result;
#ifdef __SSE2__
  for (unsigned step = 0; step < 4 && at < end; ++step) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const auto quotes = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'))));
    const auto slashes = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))));
    const unsigned within =
        quotes ^ (quotes - 1);  // the first quote and all before it; all of them where there is none
    if ((slashes & within) != 0) {
      break;
    }
    const auto control =
        static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes)));
    result.control = result.control || (control & within) != 0;
    result.high = result.high || (static_cast<unsigned>(_mm_movemask_epi8(bytes)) & within) != 0;
    if (quotes != 0) {
      const char* close = at + std::countr_zero(quotes);
      result.close = close < end ? close : nullptr;
      return result;
    }
    at += 16;
  }
#endif
  std::uint64_t carry = 0;
  for (; at < end; at += kScanBlock) {
    const StringMasks masks = string_masks(at);
    const std::uint64_t closing = masks.quote & ~escaped_bytes(masks.backslash, carry);
    const std::uint64_t within = closing == 0 ? ~std::uint64_t{0} : closing ^ (closing - 1);
    result.escapes = result.escapes || (masks.backslash & within) != 0;
    result.control = result.control || (masks.control & within) != 0;
    result.high = result.high || (masks.high & within) != 0;
    if (closing != 0) {
      const char* close = at + std::countr_zero(closing);
      result.close = close < end ? close : nullptr;
      return result;
    }
  }
  return result;
}

inline const char* end_of_digits(const char* at, const char* end) {
#ifdef __SSE2__
  for (; at < end; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i values = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));  // 0 to 9 for digits, unsigned
    const __m128i digits = _mm_cmpeq_epi8(_mm_min_epu8(values, _mm_set1_epi8(9)), values);
    const unsigned others = static_cast<unsigned>(_mm_movemask_epi8(digits)) ^ 0xFFFFU;
    if (others != 0) {
      return std::min(at + std::countr_zero(others), end);
    }
  }
  return end;
#else
  while (at < end && *at >= '0' && *at <= '9') {
    ++at;
  }
  return at;
#endif
}

/// The end of the number at `at`; null when there is none, as JSON writes it.
inline const char* end_of_number(const char* at, const char* end) {
  const auto take = [&](char c) {
    const bool there = at < end && *at == c;
    at += there ? 1 : 0;
    return there;
  };
  const auto digits = [&] {
    const char* begin = at;
    at = end_of_digits(at, end);
    return static_cast<std::size_t>(at - begin);
  };
  take('-');
  const bool zero = at < end && *at == '0';
  const std::size_t whole = digits();
  if (whole == 0 || (zero && whole > 1) || (take('.') && digits() == 0)) {
    return nullptr;
  }
  if (take('e') || take('E')) {
    if (!take('+')) {
      take('-');
    }
    return digits() > 0 ? at : nullptr;
  }
  return at;
}

/// The word of JSON that stands at the beginning of `rest`: "null", "true" or "false"; empty for none.
inline std::string_view word_at(std::string_view rest) {
  for (const std::string_view word : {std::string_view("null"), std::string_view("true"), std::string_view("false")}) {
    if (rest.starts_with(word)) {
      return word;
    }
  }
  return {};
}

}  // namespace budgetcheck::json
