#include "collect/personal_data/filter/byte_masks.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define BUDGETCHECK_STEPS_OF_32
#include <immintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "collect/personal_data/characters.h"

namespace budgetcheck::personal {
namespace {

constexpr unsigned kBits = ByteMasks::kBlock;

#ifdef __SSE2__
void read_in_steps_of_16(const char* text, std::size_t count, ByteMasks* masks) {
  for (std::size_t block = 0; block < count; ++block, text += kBits) {
    ByteMasks& all = masks[block];
    all = {};
    for (unsigned i = 0; i < kBits; i += 16) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + i));
      const auto bits = [i](__m128i equal) {
        return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(equal))) << i;
      };
      const auto is = [&](char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
      const auto within = [](__m128i values, char last) {
        return _mm_cmpeq_epi8(_mm_min_epu8(values, _mm_set1_epi8(last)), values);
      };
      const __m128i digit = within(_mm_sub_epi8(bytes, _mm_set1_epi8('0')), 9);
      const __m128i letter = within(_mm_sub_epi8(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), _mm_set1_epi8('a')), 25);
      all.digit |= bits(digit);
      all.word |= bits(_mm_or_si128(_mm_or_si128(digit, letter), is('_')));
      all.dot |= bits(is('.'));
      all.colon |= bits(is(':'));
      all.dash |= bits(is('-'));
      all.equal |= bits(is('='));
      all.backslash |= bits(is('\\'));
      all.sign |= bits(_mm_or_si128(_mm_or_si128(is('@'), is('%')), _mm_or_si128(is('+'), is('\''))));
    }
  }
}
#endif

#ifdef BUDGETCHECK_STEPS_OF_32
// A lambda is compiled for the processor of its file, so these are functions.
#define BUDGETCHECK_AVX2 __attribute__((target("avx2"), always_inline)) inline

BUDGETCHECK_AVX2 std::uint64_t bits_of(__m256i equal, unsigned at) {
  return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(equal))) << at;
}
BUDGETCHECK_AVX2 __m256i bytes_that_are(__m256i bytes, char c) { return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(c)); }
BUDGETCHECK_AVX2 __m256i bytes_up_to(__m256i values, char last) {
  return _mm256_cmpeq_epi8(_mm256_min_epu8(values, _mm256_set1_epi8(last)), values);
}

__attribute__((target("avx2"))) void read_in_steps_of_32(const char* text, std::size_t count, ByteMasks* masks) {
  for (std::size_t block = 0; block < count; ++block, text += kBits) {
    ByteMasks all = {};
    for (unsigned i = 0; i < kBits; i += 32) {
      const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text + i));
      const __m256i digit = bytes_up_to(_mm256_sub_epi8(bytes, _mm256_set1_epi8('0')), 9);
      const __m256i letter =
          bytes_up_to(_mm256_sub_epi8(_mm256_or_si256(bytes, _mm256_set1_epi8(0x20)), _mm256_set1_epi8('a')), 25);
      all.digit |= bits_of(digit, i);
      all.word |= bits_of(_mm256_or_si256(_mm256_or_si256(digit, letter), bytes_that_are(bytes, '_')), i);
      all.dot |= bits_of(bytes_that_are(bytes, '.'), i);
      all.colon |= bits_of(bytes_that_are(bytes, ':'), i);
      all.dash |= bits_of(bytes_that_are(bytes, '-'), i);
      all.equal |= bits_of(bytes_that_are(bytes, '='), i);
      all.backslash |= bits_of(bytes_that_are(bytes, '\\'), i);
      all.sign |= bits_of(_mm256_or_si256(_mm256_or_si256(bytes_that_are(bytes, '@'), bytes_that_are(bytes, '%')),
                                          _mm256_or_si256(bytes_that_are(bytes, '+'), bytes_that_are(bytes, '\''))),
                          i);
    }
    masks[block] = all;
  }
}
#endif

using Reading = void (*)(const char* text, std::size_t count, ByteMasks* masks);

Reading fastest() {
#ifdef BUDGETCHECK_STEPS_OF_32
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") != 0 ? read_in_steps_of_32 : read_in_steps_of_16;
#elif defined(__SSE2__)
  return read_in_steps_of_16;
#else
  return read_masks_slowly;
#endif
}

}  // namespace

void read_masks(const char* text, std::size_t count, ByteMasks* masks) {
  static const Reading kRead = fastest();
  kRead(text, count, masks);
}

void read_masks_slowly(const char* text, std::size_t count, ByteMasks* masks) {
  for (std::size_t block = 0; block < count; ++block, text += kBits) {
    ByteMasks all = {};
    for (unsigned i = 0; i < kBits; ++i) {
      const char c = text[i];
      const auto bit = [i](bool set) { return static_cast<std::uint64_t>(set) << i; };
      all.digit |= bit(is_digit(c));
      all.word |= bit(is_word_char(c));
      all.dot |= bit(c == '.');
      all.colon |= bit(c == ':');
      all.dash |= bit(c == '-');
      all.equal |= bit(c == '=');
      all.backslash |= bit(c == '\\');
      all.sign |= bit(c == '@' || c == '%' || c == '+' || c == '\'');
    }
    masks[block] = all;
  }
}

}  // namespace budgetcheck::personal
