#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "model/database.h"

namespace budgetcheck {

/// Keeps of each statement the most informative plans, in bounded memory: of those that go the same way the one that
/// read most rows, and of different ways at most kPerShape.
class PlanKeeper {
 public:
  static constexpr std::size_t kPerShape = 4;
  static constexpr std::size_t kMaxAccesses = 64;  ///< of one plan; the first ones stay
  static constexpr std::size_t kMaxPlans = 20'000;

  void add(CapturedPlan plan);
  /// Ordered by statement, then by the line they were read in.
  std::vector<CapturedPlan> take();
  /// Plans of other statements were not kept.
  bool full() const { return full_; }

 private:
  struct Kept {
    CapturedPlan plan;
    std::uint64_t way = 0;  ///< hash of what it reads and how
    double weight = 0;
  };
  std::unordered_map<std::uint32_t, std::vector<Kept>> by_shape_;
  std::size_t count_ = 0;
  bool full_ = false;
};

}  // namespace budgetcheck
