#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "collect/query_log/execution.h"
#include "collect/query_log/found_repeats.h"
#include "collect/query_log/loops/loop_frame.h"

namespace budgetcheck {

/// Finds the loops in one stream of statements of which nobody says to which request they belong.
///
/// Each statement on the stack is the first of a turn. When it runs again, whatever stands above it was its turn, is
/// added up and leaves the stack; a statement that is not there comes on top. So "P (A B B)…" leaves P and A on the
/// stack, A with as many turns as there are rows of P, and B among what A's turns did, however often it ran in each. It
/// does not matter that a turn lacks a statement, or that other work is in between: that has other numbers of turns.
/// What has three turns or more when it leaves is handed over with what speaks for a loop and against it; whether it is
/// one is for a rule to say. Memory is bounded; in a steady state nothing is allocated.
class LoopStack {
 public:
  /// `found` takes what is handed over, and outlives this.
  explicit LoopStack(FoundRepeats& found) : found_(&found) {}

  void execute(const Execution& execution);
  /// `at_ms` and `ms` as of an Execution.
  void control(Control control, double at_ms, double ms);
  /// No more statements.
  void finish();

  static constexpr std::size_t kMaxDepth = 32;
  static constexpr std::size_t kMaxMembers = 24;
  static constexpr std::uint64_t kLeastTurns = 3;

 private:
  bool is_stale(std::size_t depth) const;
  void push(const Execution& execution, double idle, bool waited);
  void repeat(LoopFrame& frame, const Execution& execution, double idle, bool waited, bool overlaps);
  void pop();
  void pop_all();
  void drop_bottom();
  static void take_in(LoopFrame& frame, const LoopFrame& above);
  static void take_in(LoopFrame& frame, const LoopStatement& statement);
  void hand_over(std::size_t depth);

  FoundRepeats* found_;
  std::vector<std::unique_ptr<LoopFrame>> stack_;
  std::vector<std::uint32_t>
      shapes_;  ///< of the stack's heads, among which every statement is looked for; kNoShape: stale
  std::vector<std::unique_ptr<LoopFrame>> spare_;
  std::uint64_t statements_ = 0;
  double last_at_ms_ = -1;
  double last_ms_ = -1;
  double control_idle_ = 0;  ///< before the BEGIN, COMMIT, … that ran since the last statement
  bool fine_times_ = false;  ///< finer than seconds, which hide all but long pauses
  std::uint64_t commits_ = 0;
  std::uint64_t committed_ = 0;  ///< the statement behind which the last COMMIT stood; 0: none
  bool in_transaction_ = false;
};

}  // namespace budgetcheck
