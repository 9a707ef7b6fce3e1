#include "json/stream/skip.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "json/stream/scan.h"
#include "json/utf8.h"

namespace budgetcheck::json {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::size_t kReportStep = std::size_t{4} << 20;

/// One bit for each byte of a block, the first byte lowest.
struct Masks {
  std::uint64_t quote = 0;
  std::uint64_t backslash = 0;
  std::uint64_t open = 0;
  std::uint64_t close = 0;
  std::uint64_t control = 0;  ///< below 0x20
  std::uint64_t high = 0;     ///< not ASCII
};

#if defined(__SSE2__)
Masks read_masks(const char* block) {
  Masks masks;
  for (unsigned i = 0; i < kBlock; i += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + i));
    const __m128i folded = _mm_or_si128(bytes, _mm_set1_epi8(0x20));  // '[' becomes '{', ']' becomes '}'
    const auto bits = [i](__m128i equal) {
      return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(equal))) << i;
    };
    masks.quote |= bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
    masks.backslash |= bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    masks.open |= bits(_mm_cmpeq_epi8(folded, _mm_set1_epi8('{')));
    masks.close |= bits(_mm_cmpeq_epi8(folded, _mm_set1_epi8('}')));
    masks.control |= bits(_mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes));
    masks.high |= bits(bytes);
  }
  return masks;
}
#else
Masks read_masks(const char* block) {
  Masks masks;
  for (unsigned i = 0; i < kBlock; ++i) {
    const auto c = static_cast<unsigned char>(block[i]);
    const auto bit = [i](bool set) { return static_cast<std::uint64_t>(set) << i; };
    masks.quote |= bit(c == '"');
    masks.backslash |= bit(c == '\\');
    masks.open |= bit((c | 0x20) == '{');
    masks.close |= bit((c | 0x20) == '}');
    masks.control |= bit(c < 0x20);
    masks.high |= bit(c >= 0x80);
  }
  return masks;
}
#endif

class Skipper {
 public:
  explicit Skipper(std::size_t max_depth) : max_depth_(max_depth) {}

  enum class State { kInside, kClosed, kWrong };

  /// Takes the next block; with kClosed, `closed_at` is the index of the closing bracket.
  State take(const char* block, unsigned& closed_at) {
    const Masks masks = read_masks(block);
    const std::uint64_t quotes = masks.quote & ~escaped_bytes(masks.backslash, escape_carry_);
    const std::uint64_t strings = bytes_in_strings(quotes, in_string_);
    const std::uint64_t opens = masks.open & ~strings;
    const std::uint64_t closes = masks.close & ~strings;
    const State state = walk(opens, closes, closed_at);
    const std::uint64_t within = state == State::kClosed ? (std::uint64_t{1} << closed_at) - 1 : ~std::uint64_t{0};
    if (state == State::kWrong || (masks.control & strings & within) != 0 || (masks.high & ~strings & within) != 0 ||
        !only_blanks(block, masks.control & within) || !is_utf8(block, masks.high & within)) {
      return State::kWrong;
    }
    return state;
  }

 private:
  State walk(std::uint64_t opens, std::uint64_t closes, unsigned& closed_at) {
    for (std::uint64_t both = opens | closes; both != 0; both &= both - 1) {
      const auto at = static_cast<unsigned>(std::countr_zero(both));
      if (((opens >> at) & 1) != 0) {
        if (++depth_ > max_depth_) {
          return State::kWrong;
        }
      } else if (--depth_ == 0) {
        closed_at = at;
        return State::kClosed;
      }
    }
    return State::kInside;
  }

  static bool only_blanks(const char* block, std::uint64_t controls) {
    for (; controls != 0; controls &= controls - 1) {
      const char c = block[std::countr_zero(controls)];
      if (c != '\n' && c != '\r' && c != '\t') {
        return false;
      }
    }
    return true;
  }

  bool is_utf8(const char* block, std::uint64_t high) {
    if (high == 0 && !utf8_.pending()) {
      return true;
    }
    for (std::size_t i = 0; i < kBlock; ++i) {
      if (!utf8_.take(static_cast<unsigned char>(block[i]))) {
        return false;
      }
    }
    return true;
  }

  std::size_t max_depth_;
  std::size_t depth_ = 1;
  bool in_string_ = false;
  std::uint64_t escape_carry_ = 0;
  Utf8 utf8_;
};

}  // namespace

const char* find_close(const char* begin, const char* end, std::size_t max_depth,
                       const std::function<void(const char*)>& passed) {
  Skipper skipper(max_depth);
  const char* reported = begin;
  for (const char* at = begin; at < end; at += kBlock) {
    const auto left = static_cast<std::size_t>(end - at);
    std::array<char, kBlock> padded;
    const char* block = at;
    if (left < kBlock) {
      padded.fill(' ');
      std::memcpy(padded.data(), at, left);
      block = padded.data();
    }
    unsigned closed_at = 0;
    switch (skipper.take(block, closed_at)) {
      case Skipper::State::kInside:
        break;
      case Skipper::State::kClosed:
        return at + closed_at;
      case Skipper::State::kWrong:
        return nullptr;
    }
    if (left <= kBlock) {
      break;
    }
    if (static_cast<std::size_t>(at - reported) > kReportStep) {
      passed(at);
      reported = at;
    }
  }
  return nullptr;
}

}  // namespace budgetcheck::json
