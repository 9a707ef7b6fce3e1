#include "json/scan/brackets.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "json/scan/blocks.h"
#include "json/scan/utf8.h"

namespace budgetcheck::json {
namespace {

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
  for (unsigned i = 0; i < kScanBlock; i += 16) {
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
  for (unsigned i = 0; i < kScanBlock; ++i) {
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

class Finder {
 public:
  Finder(std::size_t max_depth, Between between) : max_depth_(max_depth), between_(between) {}

  enum class State { kInside, kClosed, kWrong };

  /// Takes the next block; with kClosed, `closed_at` is the index of the closing bracket.
  State take(const char* block, unsigned& closed_at) {
    const Masks masks = read_masks(block);
    const std::uint64_t quotes = masks.quote & ~escaped_bytes(masks.backslash, escape_carry_);
    const std::uint64_t strings = bytes_in_strings(quotes, in_string_);
    const State state = walk(block, masks.open & ~strings, masks.close & ~strings, closed_at);
    if (state == State::kWrong || between_ == Between::kUnchecked) {
      return state;
    }
    const bool closed = state == State::kClosed;
    const std::size_t count = closed ? closed_at + 1 : kScanBlock;
    const std::uint64_t within = closed ? (std::uint64_t{1} << closed_at) - 1 : ~std::uint64_t{0};
    const bool is_text = (masks.control & strings & within) == 0 && (masks.high & ~strings & within) == 0 &&
                         only_blanks(block, masks.control & within) && is_utf8(block, count, masks.high & within);
    return is_text ? state : State::kWrong;
  }

 private:
  State walk(const char* block, std::uint64_t opens, std::uint64_t closes, unsigned& closed_at) {
    for (std::uint64_t both = opens | closes; both != 0; both &= both - 1) {
      const auto at = static_cast<unsigned>(std::countr_zero(both));
      const std::uint64_t kind = (static_cast<unsigned char>(block[at]) >> 5) & 1;  // braces have the bit of 0x20
      if (((opens >> at) & 1) != 0) {
        kinds_ = kinds_ << 1 | kind;
        if (++depth_ > max_depth_) {
          return State::kWrong;
        }
        continue;
      }
      if (depth_ <= kKnownLevels && (kinds_ & 1) != kind) {
        return State::kWrong;
      }
      kinds_ >>= 1;
      if (--depth_ == 0) {
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

  bool is_utf8(const char* block, std::size_t count, std::uint64_t high) {
    if (high == 0 && !utf8_.pending()) {
      return true;
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (!utf8_.take(static_cast<unsigned char>(block[i]))) {
        return false;
      }
    }
    return true;
  }

  static constexpr std::size_t kKnownLevels = 64;

  std::size_t max_depth_;
  Between between_;
  std::size_t depth_ = 0;
  std::uint64_t kinds_ = 0;  ///< of the innermost levels: 1 for an object
  bool in_string_ = false;
  std::uint64_t escape_carry_ = 0;
  Utf8 utf8_;
};

}  // namespace

const char* find_close(const char* open, const char* end, std::size_t max_depth, Between between,
                       const std::function<void(const char*)>& passed) {
  Finder finder(max_depth, between);
  const char* reported = open;
  for (const char* at = open; at < end; at += kScanBlock) {
    const auto left = static_cast<std::size_t>(end - at);
    std::array<char, kScanBlock> padded;
    const char* block = at;
    if (left < kScanBlock) {
      padded.fill(' ');
      std::memcpy(padded.data(), at, left);
      block = padded.data();
    }
    unsigned closed_at = 0;
    switch (finder.take(block, closed_at)) {
      case Finder::State::kInside:
        break;
      case Finder::State::kClosed:
        return at + closed_at;
      case Finder::State::kWrong:
        return nullptr;
    }
    if (left <= kScanBlock) {
      break;
    }
    if (static_cast<std::size_t>(at - reported) > kReportStep) {
      if (passed) {
        passed(at);
      }
      reported = at;
    }
  }
  return nullptr;
}

}  // namespace budgetcheck::json
