#include "collect/query_log/loops/loop_stack.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "collect/query_log/loops/loop_report.h"

namespace budgetcheck {

void LoopStack::execute(const Execution& execution) {
  constexpr double kSecondMs = 1'000;
  constexpr double kLongPauseMs = 2'000;
  constexpr double kLongStepMs = 10'000;  // the statement's own time is not known
  // Somebody who waits before BEGIN waits before what it begins.
  double idle = idle_between(last_at_ms_, last_ms_, execution);
  idle = idle < 0 ? idle : idle + control_idle_;
  control_idle_ = 0;
  if (idle >= (execution.ms < 0 ? kLongStepMs : kLongPauseMs)) {
    pop_all();
  }
  const bool waited = is_pause(idle, last_ms_, execution);
  fine_times_ = fine_times_ || std::fmod(execution.at_ms, kSecondMs) > 0;
  const bool overlaps = fine_times_ && surely_overlap(last_at_ms_, last_ms_, execution);
  ++statements_;
  last_at_ms_ = execution.at_ms >= 0 ? execution.at_ms : last_at_ms_;
  last_ms_ = execution.ms;
  // What sets the tenant or takes a lock begins no turn, and asks for the same whatever the turn is about.
  if (execution.shape == Repeat::kNoShape || execution.calls) {
    return;
  }
  std::size_t depth = stack_.size();
  while (depth > 0 && shapes_[depth - 1] != execution.shape) {
    --depth;
  }
  if (depth == 0 || is_stale(depth - 1)) {
    if (depth > 0) {
      shapes_[depth - 1] = Repeat::kNoShape;
    }
    push(execution, idle, waited);
    return;
  }
  stack_[depth - 1]->bare += stack_.size() == depth ? 1U : 0U;
  while (stack_.size() > depth) {
    pop();
  }
  repeat(*stack_.back(), execution, idle, waited, overlaps);
}

/// What ran once, so many different statements ago, began no turn: it was other work.
bool LoopStack::is_stale(std::size_t depth) const {
  constexpr std::size_t kMostOfTurn = 12;
  if (stack_[depth]->head.count > 1) {
    return false;
  }
  std::size_t different = stack_.size() - depth - 1;
  for (std::size_t i = depth; i < stack_.size(); ++i) {
    different += stack_[i]->used;
  }
  return different > kMostOfTurn;
}

void LoopStack::control(Control control, double at_ms, double ms) {
  Execution step;
  step.at_ms = at_ms;
  step.ms = ms;
  control_idle_ += std::max(0.0, idle_between(last_at_ms_, last_ms_, step));
  last_at_ms_ = at_ms >= 0 ? at_ms : last_at_ms_;
  last_ms_ = ms;
  if (control == Control::kBegin) {
    in_transaction_ = true;
    return;
  }
  if (control == Control::kOther) {
    return;
  }
  in_transaction_ = false;
  // Two that end behind one statement ran at the same time: neither held all that ran before.
  const bool several = committed_ == statements_;
  for (const std::unique_ptr<LoopFrame>& frame : stack_) {
    frame->committed = several ? 0 : frame->commits == commits_ ? statements_ : frame->committed;
  }
  committed_ = statements_;
  ++commits_;
}

void LoopStack::finish() { pop_all(); }

void LoopStack::push(const Execution& execution, double idle, bool waited) {
  if (stack_.size() >= kMaxDepth) {
    drop_bottom();
  }
  if (spare_.empty()) {
    spare_.push_back(std::make_unique<LoopFrame>());
  }
  std::unique_ptr<LoopFrame> frame = std::move(spare_.back());
  spare_.pop_back();
  frame->head.begin(execution, statements_);
  frame->head.add(execution, statements_, waited);
  frame->used = 0;
  frame->dropped = 0;
  frame->waited = 0;
  frame->bare = 0;
  frame->overlaps = 0;
  frame->turn_waited = waited;
  frame->first_idle = idle;
  frame->between.clear();
  frame->within.clear();
  frame->commits_before = frame->commits = commits_;
  frame->committed = 0;
  frame->in_transaction = in_transaction_;
  stack_.push_back(std::move(frame));
  shapes_.push_back(execution.shape);
}

void LoopStack::repeat(LoopFrame& frame, const Execution& execution, double idle, bool waited, bool overlaps) {
  frame.overlaps += overlaps ? 1U : 0U;
  frame.waited += waited || frame.turn_waited ? 1U : 0U;
  frame.turn_waited = false;
  frame.between.add(idle);
  frame.commits = commits_;
  frame.committed = 0;
  frame.head.add(execution, statements_, waited);
}

/// Takes the top off: it was part of a turn of what is below.
void LoopStack::pop() {
  hand_over(stack_.size() - 1);
  std::unique_ptr<LoopFrame> above = std::move(stack_.back());
  stack_.pop_back();
  shapes_.pop_back();
  if (!stack_.empty()) {
    take_in(*stack_.back(), *above);
  }
  above->release();
  spare_.push_back(std::move(above));
}

void LoopStack::pop_all() {
  while (!stack_.empty()) {
    pop();
  }
}

/// What is below so many other statements is no loop that is still running.
void LoopStack::drop_bottom() {
  hand_over(0);
  stack_.front()->release();
  spare_.push_back(std::move(stack_.front()));
  stack_.erase(stack_.begin());
  shapes_.erase(shapes_.begin());
}

void LoopStack::take_in(LoopFrame& frame, const LoopFrame& above) {
  take_in(frame, above.head);
  for (std::size_t i = 0; i < above.used; ++i) {
    take_in(frame, above.members[i]);
  }
  frame.dropped += above.dropped;
  frame.turn_waited = frame.turn_waited || above.turn_waited || above.waited > 0;
  frame.within.add(above.first_idle);
  frame.within.add(above.between);
  frame.within.add(above.within);
}

void LoopStack::take_in(LoopFrame& frame, const LoopStatement& statement) {
  const auto end = frame.members.begin() + static_cast<std::ptrdiff_t>(frame.used);
  auto known = std::find_if(frame.members.begin(), end,
                            [&](const LoopStatement& member) { return member.shape == statement.shape; });
  if (known == end) {
    if (frame.used >= kMaxMembers) {
      frame.dropped += statement.count;
      return;
    }
    if (frame.used == frame.members.size()) {
      frame.members.emplace_back();
    }
    known = frame.members.begin() + static_cast<std::ptrdiff_t>(frame.used++);
    *known = statement;
    known->turns = 0;
    known->last_turn = 0;
  } else {
    known->join(statement);
  }
  known->turns += known->last_turn != frame.head.count ? 1U : 0U;
  known->last_turn = frame.head.count;
}

/// Tells what `depth` and its turns did, when there were enough of them.
void LoopStack::hand_over(std::size_t depth) {
  const LoopFrame& frame = *stack_[depth];
  if (frame.head.count < kLeastTurns) {
    return;
  }
  LoopReport report(frame, stack_, depth, fine_times_, *found_);
  report.hand_over(frame.head);
  for (std::size_t i = 0; i < frame.used; ++i) {
    report.hand_over(frame.members[i]);
  }
}

}  // namespace budgetcheck
