#include "collect/query_log/key_index.h"

#include <algorithm>

namespace budgetcheck {

std::uint32_t KeyIndex::find(std::uint64_t key) const {
  if (keys_.size() <= kFew) {
    const auto found = std::find(keys_.begin(), keys_.end(), key);
    return found == keys_.end() ? kNone : static_cast<std::uint32_t>(found - keys_.begin());
  }
  const auto found = index_.find(key);
  return found == index_.end() ? kNone : found->second;
}

std::uint32_t KeyIndex::number_of(std::uint64_t key) {
  const std::uint32_t known = find(key);
  if (known != kNone) {
    return known;
  }
  keys_.push_back(key);
  const std::uint32_t number = size() - 1;
  if (keys_.size() == kFew + 1) {
    for (std::uint32_t i = 0; i < size(); ++i) {
      index_.emplace(keys_[i], i);
    }
  } else if (keys_.size() > kFew) {
    index_.emplace(key, number);
  }
  return number;
}

void KeyIndex::clear() {
  keys_.clear();
  index_.clear();
}

}  // namespace budgetcheck
