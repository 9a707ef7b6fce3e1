#pragma once

#include <cstdint>
#include <vector>

#include "collect/trace/span_names.h"
#include "collect/trace/trace_tree.h"
#include "model/telemetry/trace_facts.h"

namespace budgetcheck {

/// Remembers which traces were read, in bounded memory, so that who puts parts together can tell whether a trace lies
/// in several of them.
class SeenSurvey {
 public:
  void add(const Trace& trace, const TraceTree& tree, const SpanNames& names);
  SeenTraces report() const;

 private:
  /// The first half and the last half of what it may hold.
  class Ends {
   public:
    void add(std::uint64_t hash);
    std::vector<std::uint64_t> sorted() const;

   private:
    std::vector<std::uint64_t> kept_;
    std::size_t next_ = SeenTraces::kMost / 2;  ///< where the next is put once it is full
  };

  std::vector<std::uint64_t> least_;  ///< a heap, the greatest first
  Ends ends_;
  Ends torn_;
};

/// How many traces of one are in the other too, as far as the samples of both show it.
std::uint64_t shared_traces(const SeenTraces& a, const SeenTraces& b);
/// How many requests have spans in one part, and what is below these in the other.
std::uint64_t torn_requests(const SeenTraces& a, const SeenTraces& b);

}  // namespace budgetcheck
