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

  /// `frame` stands at `depth` of the stack.
  LoopReport(const LoopFrame& frame, const Stack& stack, std::size_t depth, FoundRepeats& found)
      : frame_(frame), stack_(stack), depth_(depth), found_(found) {}

  void hand_over(const LoopStatement& statement);

 private:
  bool belongs(const LoopStatement& statement) const;
  bool is_branch(const LoopStatement& statement) const;
  void weigh();
  void describe(const LoopStatement& statement, Repeat& repeat) const;
  bool read_again(const LoopStatement& statement) const;
  std::uint64_t beside_writes(const LoopStatement& statement) const;
  bool may_feed(const LoopStatement& other, const LoopStatement& statement) const;
  bool is_fed(const LoopStatement& statement) const;
  std::vector<std::uint32_t> reads_before(const LoopStatement& statement) const;

  const LoopFrame& frame_;
  const Stack& stack_;
  std::size_t depth_;
  FoundRepeats& found_;
  bool weighed_ = false;
  TurnEvidence evidence_;
  std::vector<std::uint32_t> turn_;
};

}  // namespace budgetcheck
