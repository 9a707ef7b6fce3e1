#include "collect/query_log/found_repeats.h"

namespace budgetcheck {

Repeat* FoundRepeats::worse(std::uint32_t route, std::uint32_t shape, std::uint32_t way, std::uint64_t badness,
                            std::uint64_t executions, bool recurs) {
  const auto key = std::make_tuple(route, shape, way);
  auto known = index_.find(key);
  if (known == index_.end()) {
    if (all_.size() >= kMaxRepeats) {
      dropped_ = true;
      return nullptr;
    }
    known = index_.emplace(key, all_.size()).first;
    all_.push_back({{}, route, 0});
    badness_.push_back(0);
  }
  Found& found = all_[known->second];
  found.executions += executions;
  ++found.repeat.requests;
  found.repeat.recurring += recurs ? 1U : 0U;
  if (badness <= badness_[known->second]) {
    return nullptr;
  }
  badness_[known->second] = badness;
  return &found.repeat;
}

}  // namespace budgetcheck
