#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "collect/query_log/execution.h"
#include "model/query_facts.h"

namespace budgetcheck {

/// Repeats that were found, whose routes are still numbers: the worst of each route, shape and way, with the number of
/// requests or places that have it.
class FoundRepeats {
 public:
  static constexpr std::size_t kMaxRepeats = 20'000;

  struct Found {
    Repeat repeat;
    std::uint32_t route = Execution::kNoRoute;
    std::uint64_t executions = 0;  ///< over all requests or places
  };

  /// Counts one more. Gives where its repeat is to be put when it is worse than those before; null: it is not, or there
  /// is no room. `badness` is at least 1. `way` keeps apart what repeats in different ways.
  /// `recurs`: it is long enough to count among those that recur.
  Repeat* worse(std::uint32_t route, std::uint32_t shape, std::uint32_t way, std::uint64_t badness,
                std::uint64_t executions, bool recurs = false);
  const std::vector<Found>& all() const { return all_; }
  bool dropped() const { return dropped_; }

 private:
  std::vector<Found> all_;
  std::vector<std::uint64_t> badness_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::size_t> index_;
  bool dropped_ = false;
};

}  // namespace budgetcheck
