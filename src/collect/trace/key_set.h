#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace budgetcheck {

/// Keys that only come: a word or two for each, where std::unordered_set takes five.
class KeySet {
 public:
  /// False when it was there.
  bool insert(std::uint64_t key) {
    if (4 * (size_ + 1) > 3 * places_.size()) {
      grow();
    }
    std::uint64_t& place = places_[place_of(stored(key))];
    const bool is_new = place == 0;
    place = stored(key);
    size_ += is_new ? 1U : 0U;
    return is_new;
  }
  bool contains(std::uint64_t key) const { return !places_.empty() && places_[place_of(stored(key))] != 0; }
  std::size_t size() const { return size_; }

 private:
  /// 0 is a free place: the keys 0 and 1 are one.
  static std::uint64_t stored(std::uint64_t key) { return key == 0 ? 1 : key; }
  /// Where the key stands, or would.
  std::size_t place_of(std::uint64_t key) const {
    constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15ULL;
    constexpr int kBits = 64;
    std::size_t at = ((key ^ (key >> (kBits / 2))) * kGolden) >> (kBits - std::countr_zero(places_.size()));
    while (places_[at] != 0 && places_[at] != key) {
      at = (at + 1) & (places_.size() - 1);
    }
    return at;
  }
  void grow() {
    constexpr std::size_t kFirst = 64;
    std::vector<std::uint64_t> old(places_.empty() ? kFirst : 2 * places_.size());
    old.swap(places_);
    for (const std::uint64_t key : old) {
      if (key != 0) {
        places_[place_of(key)] = key;
      }
    }
  }

  std::vector<std::uint64_t> places_;
  std::size_t size_ = 0;
};

}  // namespace budgetcheck
