#pragma once

#include <array>
#include <cstdint>

#include "collect/query_log/execution.h"
#include "collect/query_log/loops/distinct_hashes.h"

namespace budgetcheck {

/// How long it was idle before statements, as counts by powers of two: enough to compare what is usual.
class IdleTimes {
 public:
  /// Negative: not known, and not counted.
  void add(double idle_ms);
  void add(const IdleTimes& others);
  std::uint64_t count() const { return count_; }
  /// The power of two that half of them stay below, in half milliseconds: 0 is less than a half, 4 is 4 to 8 ms.
  std::uint32_t median() const { return below(2); }
  /// The same of a quarter of them: the others are at least that long.
  std::uint32_t quarter() const { return below(4); }
  /// The power of a time.
  static std::uint32_t power_of(double ms);
  /// What a power is at least.
  static double least_ms(std::uint32_t power) { return power == 0 ? 0 : 0.25 * static_cast<double>(1U << power); }
  void clear() { *this = {}; }

 private:
  std::uint32_t below(std::uint64_t part) const;

  static constexpr std::size_t kPowers = 16;
  std::array<std::uint32_t, kPowers> powers_{};
  std::uint64_t count_ = 0;
};

/// What one statement did in what may be a loop.
struct LoopStatement {
  std::uint32_t shape = 0;
  Verb verb = Verb::kOther;
  bool has_table = false;
  std::uint64_t table = 0;
  std::uint64_t key_column = 0;
  bool pages = false;
  bool walks = false;
  bool probe = false;
  bool claims = false;
  bool swaps = false;
  bool open = false;
  bool ordered = false;
  bool lists = true;   ///< each execution carries a list of one key
  bool single = true;  ///< each execution reads one row at most
  std::uint32_t route = Execution::kNoRoute;
  std::uint32_t line = 0;
  std::uint64_t first = 0;  ///< number of the first execution's statement in its stream
  std::uint64_t last = 0;
  std::uint64_t count = 0;
  std::uint64_t turns = 0;      ///< of the loop that it is part of, in which it ran
  std::uint64_t last_turn = 0;  ///< the last of these; 0: none
  double ms = 0;
  bool known = true;  ///< all parameters are known
  std::uint64_t unpaged = 0;
  std::uint64_t rest = 0;
  bool same_unpaged = true;  ///< only page numbers and cursors differed so far
  bool same_rest = true;     ///< only these and lists differed so far
  std::uint64_t carried = 0;
  std::uint64_t waits = 0;  ///< executions that came after a pause
  std::uint64_t last_keys = 0;
  std::uint64_t changes = 0;  ///< executions whose keys were not those of the one before
  DistinctHashes params;
  DistinctHashes keys;

  void begin(const Execution& execution, std::uint64_t number);
  void add(const Execution& execution, std::uint64_t number, bool waited);
  /// `later` ran after this.
  void join(const LoopStatement& later);
  bool writes() const { return is_write(verb); }
};

}  // namespace budgetcheck
