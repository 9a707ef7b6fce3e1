#include "base/keyed_hash.h"

#include <cstdio>

namespace budgetcheck {
namespace {

constexpr std::size_t kWord = 8;

/// The next `size` bytes (at most 8), the lowest first.
std::uint64_t word_of(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < size; ++i) {
    word |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (kWord * i);
  }
  return word;
}

std::uint64_t rotate(std::uint64_t value, unsigned bits) { return (value << bits) | (value >> (64U - bits)); }

/// As "SipHash: a fast short-input PRF" (Aumasson, Bernstein) has it, with the authors' extension to 128 bits.
class SipHash {
 public:
  explicit SipHash(const HashKey& key)
      : v0_(0x736f6d6570736575U ^ key[0]),
        v1_(0x646f72616e646f6dU ^ key[1] ^ kWide),
        v2_(0x6c7967656e657261U ^ key[0]),
        v3_(0x7465646279746573U ^ key[1]) {}

  void take(std::uint64_t word) {
    v3_ ^= word;
    rounds(2);
    v0_ ^= word;
  }
  std::uint64_t first_half() {
    v2_ ^= kWide;
    rounds(4);
    return v0_ ^ v1_ ^ v2_ ^ v3_;
  }
  std::uint64_t second_half() {
    v1_ ^= 0xddU;
    rounds(4);
    return v0_ ^ v1_ ^ v2_ ^ v3_;
  }

 private:
  static constexpr std::uint64_t kWide = 0xee;

  void rounds(int count) {
    for (int i = 0; i < count; ++i) {
      v0_ += v1_;
      v1_ = rotate(v1_, 13) ^ v0_;
      v0_ = rotate(v0_, 32);
      v2_ += v3_;
      v3_ = rotate(v3_, 16) ^ v2_;
      v0_ += v3_;
      v3_ = rotate(v3_, 21) ^ v0_;
      v2_ += v1_;
      v1_ = rotate(v1_, 17) ^ v2_;
      v2_ = rotate(v2_, 32);
    }
  }

  std::uint64_t v0_;
  std::uint64_t v1_;
  std::uint64_t v2_;
  std::uint64_t v3_;
};

}  // namespace

std::string keyed_hash(const HashKey& key, std::string_view bytes) {
  SipHash hash(key);
  std::size_t at = 0;
  for (; bytes.size() - at >= kWord; at += kWord) {
    hash.take(word_of(bytes, at, kWord));
  }
  constexpr unsigned kLengthBits = 56;
  hash.take(word_of(bytes, at, bytes.size() - at) | (static_cast<std::uint64_t>(bytes.size()) << kLengthBits));
  const std::uint64_t first = hash.first_half();
  const std::uint64_t second = hash.second_half();
  std::array<char, 33> text{};
  std::snprintf(text.data(), text.size(), "%016llx%016llx", static_cast<unsigned long long>(first),
                static_cast<unsigned long long>(second));
  return text.data();
}

}  // namespace budgetcheck
