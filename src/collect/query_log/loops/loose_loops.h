#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <unordered_map>

#include "collect/query_log/loops/loop_stack.h"

namespace budgetcheck {

/// Loops among statements that name no request: in each stream of them by itself, as far as the log tells streams apart
/// (the sessions of a database, processes, routes). Memory is bounded: the longest untouched stream ends first.
class LooseLoops {
 public:
  static constexpr std::size_t kMaxStreams = 64;

  LooseLoops() = default;
  LooseLoops(const LooseLoops&) = delete;
  LooseLoops& operator=(const LooseLoops&) = delete;

  void execute(const Execution& execution);
  void control(std::uint64_t stream, Control control, double at_ms, double ms);
  void finish();
  const FoundRepeats& found() const { return found_; }

 private:
  struct Stream {
    std::uint64_t key;
    LoopStack stack;
  };
  LoopStack& stream_of(std::uint64_t key);

  FoundRepeats found_;
  std::list<Stream> streams_;  ///< most recently used first
  std::unordered_map<std::uint64_t, std::list<Stream>::iterator> by_key_;
};

}  // namespace budgetcheck
