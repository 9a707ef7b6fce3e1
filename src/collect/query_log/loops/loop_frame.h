#pragma once

#include <cstdint>
#include <vector>

#include "collect/query_log/loops/loop_statement.h"

namespace budgetcheck {

/// A statement that may begin the turns of a loop, and what these did.
struct LoopFrame {
  LoopStatement head;  ///< each execution begins a turn
  std::vector<LoopStatement> members;
  std::size_t used = 0;        ///< of the members: the others are spare
  std::uint64_t dropped = 0;   ///< executions of statements that found no room
  std::uint64_t waited = 0;    ///< turns with a pause before or in them, without the present one
  bool turn_waited = false;    ///< the present turn has one
  std::uint64_t bare = 0;      ///< turns in which nothing but the head ran, without the present one
  std::uint64_t overlaps = 0;  ///< turns that began while the statement before still ran
  double first_idle = -1;
  IdleTimes between;                 ///< before each turn but the first
  IdleTimes within;                  ///< before the other statements
  std::uint64_t commits_before = 0;  ///< of the stream, when it began
  std::uint64_t commits = 0;         ///< when its head ran last
  std::uint64_t committed = 0;       ///< the stream's statement behind which the first COMMIT after that stood; 0: none
  bool in_transaction = false;       ///< the log shows one to have begun before, and not to have ended

  /// Lets go of what is long; the rest serves the next.
  void release() {
    head.params.clear();
    head.keys.clear();
    for (std::size_t i = 0; i < used; ++i) {
      members[i].params.clear();
      members[i].keys.clear();
    }
  }
};

}  // namespace budgetcheck
