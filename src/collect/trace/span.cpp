#include "collect/trace/span.h"

#include <array>
#include <optional>

#include "base/hash.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostBytes = 16;
using Bytes = std::array<unsigned char, kMostBytes>;

constexpr unsigned kNoDigit = 0xFF;

/// What each character stands for as a hexadecimal digit.
constexpr std::array<unsigned char, 256> kHexDigits = [] {
  std::array<unsigned char, 256> digits{};
  digits.fill(kNoDigit);
  for (unsigned char i = 0; i < 10; ++i) {
    digits[static_cast<std::size_t>('0') + i] = i;
  }
  for (unsigned char i = 0; i < 6; ++i) {
    digits[static_cast<std::size_t>('a') + i] = digits[static_cast<std::size_t>('A') + i] =
        static_cast<unsigned char>(10 + i);
  }
  return digits;
}();

constexpr std::size_t kDigitsOfWord = 16;

/// The number that at most 16 hexadecimal digits are.
bool read_word(std::string_view digits, std::uint64_t& word) {
  unsigned any = 0;
  word = 0;
  for (const char c : digits) {
    const unsigned digit = kHexDigits[static_cast<unsigned char>(c)];
    any |= digit;
    word = word << 4U | (digit & 0xFU);
  }
  return any <= 0xFU;
}

std::optional<unsigned> base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') {
    return static_cast<unsigned>(c - 'A');
  }
  if (c >= 'a' && c <= 'z') {
    return static_cast<unsigned>(c - 'a') + 26U;
  }
  if (c >= '0' && c <= '9') {
    return static_cast<unsigned>(c - '0') + 52U;
  }
  return c == '+' || c == '-' ? std::optional(62U) : c == '/' || c == '_' ? std::optional(63U) : std::nullopt;
}

void put_word(std::uint64_t word, char* digits) {
  for (std::size_t i = kDigitsOfWord; i > 0; word >>= 4U) {
    digits[--i] = "0123456789abcdef"[word & 0xFU];
  }
}

/// 1 to 32 hexadecimal digits.
bool read_hex(std::string_view text, TraceId& id) {
  if (text.empty() || text.size() > 2 * kDigitsOfWord) {
    return false;
  }
  const std::size_t high = text.size() > kDigitsOfWord ? text.size() - kDigitsOfWord : 0;
  return read_word(text.substr(0, high), id.high) && read_word(text.substr(high), id.low);
}

/// base64 of exactly `size` bytes, which come to stand at the end of `bytes`.
bool read_base64(std::string_view text, std::size_t size, Bytes& bytes) {
  while (text.ends_with('=')) {
    text.remove_suffix(1);
  }
  if (text.size() != (size * 4 + 2) / 3) {
    return false;
  }
  bytes.fill(0);
  std::uint32_t bits = 0;
  unsigned count = 0;
  std::size_t place = kMostBytes - size;
  for (const char c : text) {
    const std::optional<unsigned> digit = base64_digit(c);
    if (!digit) {
      return false;
    }
    bits = bits << 6U | *digit;
    count += 6;
    if (count >= 8 && place < kMostBytes) {
      count -= 8;
      bytes[place++] = static_cast<unsigned char>(bits >> count & 0xFFU);
    }
  }
  return true;
}

std::uint64_t whole_of(const Bytes& bytes, std::size_t from) {
  std::uint64_t whole = 0;
  for (std::size_t i = from; i < from + 8; ++i) {
    whole = whole << 8U | bytes[i];
  }
  return whole;
}

}  // namespace

std::string to_text(const TraceId& id) {
  std::string text(2 * kDigitsOfWord, '0');
  put_word(id.high, text.data());
  put_word(id.low, text.data() + kDigitsOfWord);
  return text;
}

std::string span_id_text(std::uint64_t id) {
  std::string text(kDigitsOfWord, '0');
  put_word(id, text.data());
  return text;
}

TraceId trace_id_of(std::string_view text) {
  constexpr std::size_t kSize = 16;
  if (TraceId id; read_hex(text, id)) {
    return id;
  }
  if (Bytes bytes{}; read_base64(text, kSize, bytes)) {
    return {whole_of(bytes, 0), whole_of(bytes, 8)};
  }
  return text.empty() ? TraceId{} : TraceId{1, hash64(text)};  // nobody's form, and yet one trace
}

std::uint64_t span_id_of(std::string_view text) {
  constexpr std::size_t kSize = 8;
  if (TraceId id; read_hex(text, id)) {
    return id.low;
  }
  if (Bytes bytes{}; read_base64(text, kSize, bytes)) {
    return whole_of(bytes, 8);
  }
  return text.empty() ? 0 : hash64(text);
}

}  // namespace budgetcheck
