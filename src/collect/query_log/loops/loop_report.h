#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "collect/query_log/found_repeats.h"
#include "collect/query_log/loops/loop_frame.h"

namespace budgetcheck {

/// Tells what the statements of a loop's turns did, and what speaks for one loop and against it.
class LoopReport {
 public:
  using Stack = std::vector<std::unique_ptr<LoopFrame>>;

  /// `frame` stands at `depth` of the stack. `fine_times`: the log tells times that are finer than seconds.
  LoopReport(const LoopFrame& frame, const Stack& stack, std::size_t depth, bool fine_times, FoundRepeats& found)
      : frame_(frame), stack_(stack), depth_(depth), fine_times_(fine_times), found_(found) {}

  void hand_over(const LoopStatement& statement);

 private:
  bool belongs(const LoopStatement& statement) const;
  bool is_branch(const LoopStatement& statement) const;
  bool writes_once_a_turn() const;
  void weigh();
  void find_pace(double usual_ms);
  void look_at(const LoopStatement& statement);
  void describe(const LoopStatement& statement, Repeat& repeat) const;
  bool read_again(const LoopStatement& statement) const;
  std::uint64_t beside_writes(const LoopStatement& statement) const;
  bool may_feed(const LoopStatement& other, const LoopStatement& statement) const;
  bool is_fed(const LoopStatement& statement) const;
  std::vector<std::uint32_t> reads_before(const LoopStatement& statement) const;

  const LoopFrame& frame_;
  const Stack& stack_;
  std::size_t depth_;
  bool fine_times_;
  FoundRepeats& found_;
  bool weighed_ = false;
  TurnEvidence evidence_;
  std::vector<std::uint32_t> turn_;
};

}  // namespace budgetcheck
