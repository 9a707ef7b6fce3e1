#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <vector>

#include "base/distribution.h"
#include "base/histogram.h"
#include "collect/query_log/key_index.h"

namespace budgetcheck {

/// What requests cost on one route, or what statements on one table cost there. A request is one trial of count,
/// distinct and time; a statement of duration.
struct QueryCost {
  Distribution count;
  Distribution distinct;
  Distribution time;
  Distribution duration;
};

/// Costs by route, and by route and part: a table and what is done to it. Routes and parts are numbers of the caller's.
class QueryCosts {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  static constexpr std::size_t kMaxParts = 10'000;

  void add_duration(std::uint32_t route, std::uint32_t part, double ms) { of(route, part).duration.add(ms); }
  void add_durations(std::uint32_t route, std::uint32_t part, const Histogram& ms) {
    of(route, part).duration.merge(ms);
  }
  /// What one request did on a part; `ms` negative: unknown.
  void add_part(std::uint32_t route, std::uint32_t part, double count, double distinct, double ms);
  void add_request(std::uint32_t route, double count, double distinct, double ms);

  /// How often one request of `route` ran statements of `shape`.
  void add_use(std::uint32_t route, std::uint32_t shape, std::uint64_t count);
  /// Of each shape on each route the most executions in one request, in the order of their numbers.
  struct MostExecuted {
    std::uint32_t route = 0;
    std::uint32_t shape = 0;
    std::uint64_t count = 0;
  };
  std::vector<MostExecuted> take_uses();
  static constexpr std::size_t kMaxUses = 200'000;

  struct Key {
    std::uint32_t route = kNone;
    std::uint32_t part = kNone;  ///< kNone: the route as a whole
    auto operator<=>(const Key&) const = default;
  };
  /// All of them; the durations of a route are those of its parts together.
  std::map<Key, QueryCost> take();
  /// Some parts were not told apart: there were too many.
  bool too_many() const { return too_many_; }

 private:
  struct Cost {
    Histogram count;
    Histogram distinct;
    Histogram time;
    Histogram duration;
  };
  Cost& of(std::uint32_t route, std::uint32_t part);
  static void add(Cost& cost, double count, double distinct, double ms);

  KeyIndex cost_numbers_;  ///< by route and part
  std::deque<Cost> costs_;
  KeyIndex use_numbers_;  ///< by route and shape
  std::vector<std::uint64_t> uses_;
  std::uint64_t last_key_ = 0;
  Cost* last_ = nullptr;
  bool too_many_ = false;
};

}  // namespace budgetcheck
