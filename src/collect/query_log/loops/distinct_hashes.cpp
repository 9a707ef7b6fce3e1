#include "collect/query_log/loops/distinct_hashes.h"

#include <algorithm>

namespace budgetcheck {

void DistinctHashes::add(std::uint64_t hash) {
  hash = hash == 0 ? 1 : hash;
  if (count_ <= kFew) {
    const auto end = few_.begin() + static_cast<std::ptrdiff_t>(count_);
    if (std::find(few_.begin(), end, hash) != end) {
      return;
    }
    if (count_ < kFew) {
      few_[count_++] = hash;
      return;
    }
    for (const std::uint64_t known : few_) {
      insert(known);
    }
  }
  if (count_ < kMost) {
    count_ += insert(hash) ? 1U : 0U;
  } else {
    beyond_ += slots_[slot_of(hash)] == hash ? 0U : 1U;
  }
}

void DistinctHashes::add(const DistinctHashes& others) {
  if (others.count_ <= kFew) {
    for (std::size_t i = 0; i < others.count_; ++i) {
      add(others.few_[i]);
    }
    return;
  }
  for (const std::uint64_t hash : others.slots_) {
    if (hash != 0) {
      add(hash);
    }
  }
  beyond_ += others.beyond_;
}

bool DistinctHashes::insert(std::uint64_t hash) {
  if (slots_.size() < 2 * (count_ + 1)) {
    grow();
  }
  const std::size_t at = slot_of(hash);
  const bool fresh = slots_[at] == 0;
  slots_[at] = hash;
  return fresh;
}

/// Where it is, or would be.
std::size_t DistinctHashes::slot_of(std::uint64_t hash) const {
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at] != 0 && slots_[at] != hash) {
    at = (at + 1) & (slots_.size() - 1);
  }
  return at;
}

void DistinctHashes::grow() {
  constexpr std::size_t kFirst = 16;
  std::vector<std::uint64_t> old(std::max(kFirst, 2 * slots_.size()));
  old.swap(slots_);
  for (const std::uint64_t hash : old) {
    if (hash != 0) {
      slots_[slot_of(hash)] = hash;
    }
  }
}

void DistinctHashes::clear() {
  constexpr std::size_t kKept = 64;
  count_ = 0;
  beyond_ = 0;
  if (slots_.size() > kKept) {
    slots_ = {};
  } else {
    std::fill(slots_.begin(), slots_.end(), 0);
  }
}

}  // namespace budgetcheck
