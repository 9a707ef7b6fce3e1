#include "collect/query_log/key_index.h"

#include <algorithm>
#include <bit>

namespace budgetcheck {

/// Where the key's number stands, or would.
std::size_t KeyIndex::place_of(std::uint64_t key) const {
  constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15ULL;
  constexpr int kBits = 64;
  const std::size_t mask = places_.size() - 1;
  std::size_t at = ((key ^ (key >> (kBits / 2))) * kGolden) >> (kBits - std::countr_zero(places_.size()));
  while (places_[at] != kNone && keys_[places_[at]] != key) {
    at = (at + 1) & mask;
  }
  return at;
}

void KeyIndex::index(std::size_t places) {
  places_.assign(places, kNone);
  for (std::uint32_t i = 0; i < size(); ++i) {
    places_[place_of(keys_[i])] = i;
  }
}

std::uint32_t KeyIndex::find(std::uint64_t key) const {
  if (!places_.empty()) {
    return places_[place_of(key)];
  }
  const auto found = std::find(keys_.begin(), keys_.end(), key);
  return found == keys_.end() ? kNone : static_cast<std::uint32_t>(found - keys_.begin());
}

std::uint32_t KeyIndex::number_of(std::uint64_t key) {
  const std::uint32_t known = find(key);
  if (known != kNone) {
    return known;
  }
  const std::uint32_t number = size();
  keys_.push_back(key);
  if (keys_.size() > kFew && 2 * keys_.size() > places_.size()) {
    index(std::bit_ceil(4 * keys_.size()));
  } else if (!places_.empty()) {
    places_[place_of(key)] = number;
  }
  return number;
}

void KeyIndex::clear() {
  keys_.clear();
  places_.clear();
}

}  // namespace budgetcheck
