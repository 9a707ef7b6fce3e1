#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace budgetcheck {

/// What belongs to a key, while keys come and go. Most look-ups read one line of memory; those of std::unordered_map
/// follow pointers to entries that have left the cache.
template <class Value>
class KeyMap {
 public:
  /// Null: the key is not there.
  Value* find(std::uint64_t key) const { return places_.empty() ? nullptr : places_[place_of(key)].value; }
  /// The key is not there yet, and the value is not null.
  void put(std::uint64_t key, Value* value) {
    if (2 * ++size_ > places_.size()) {
      grow();
    }
    places_[place_of(key)] = {key, value};
  }
  /// The key is there.
  void erase(std::uint64_t key) {
    const std::size_t mask = places_.size() - 1;
    std::size_t free = place_of(key);
    // Those behind it that would no longer be found move up.
    for (std::size_t at = (free + 1) & mask; places_[at].value != nullptr; at = (at + 1) & mask) {
      if (((at - home_of(places_[at].key)) & mask) >= ((at - free) & mask)) {
        places_[free] = places_[at];
        free = at;
      }
    }
    places_[free] = {};
    --size_;
  }
  std::size_t size() const { return size_; }

 private:
  struct Place {
    std::uint64_t key = 0;
    Value* value = nullptr;  ///< null: free
  };

  std::size_t home_of(std::uint64_t key) const {
    constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15ULL;
    constexpr int kBits = 64;
    return ((key ^ (key >> (kBits / 2))) * kGolden) >> (kBits - std::countr_zero(places_.size()));
  }
  /// Where the key stands, or would.
  std::size_t place_of(std::uint64_t key) const {
    std::size_t at = home_of(key);
    while (places_[at].value != nullptr && places_[at].key != key) {
      at = (at + 1) & (places_.size() - 1);
    }
    return at;
  }
  void grow() {
    constexpr std::size_t kFirst = 64;
    std::vector<Place> old(places_.empty() ? kFirst : 2 * places_.size());
    old.swap(places_);
    for (const Place& place : old) {
      if (place.value != nullptr) {
        places_[place_of(place.key)] = place;
      }
    }
  }

  std::vector<Place> places_;
  std::size_t size_ = 0;
};

}  // namespace budgetcheck
