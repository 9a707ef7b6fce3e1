#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/query_facts.h"

namespace budgetcheck {

/// Requests whose ids stand in inputs before this one too. Most are others, of another program or after a restart, that
/// were given the same number. Where the one log ends before the other begins and a request goes on across the cut, the
/// log was rotated: its statements are counted in two halves, and neither is right.
class SharedRequests {
 public:
  /// Of the inputs before this one.
  void compare_with(const std::vector<QueryLog>& logs);
  /// A statement of this input was logged at `at_ms` (since 1970; negative: unknown).
  void passed(double at_ms);
  /// This input holds no more of a request. One that is `traced` is known by a trace's id: several programs may log it,
  /// each its own statements, so it is none that was cut.
  void closed(const QueryLog::OpenRequest& request, bool traced);
  /// At the end of this input more of the request may follow in another.
  void still_open(const QueryLog::OpenRequest& request, bool traced);
  /// To be called when all have been closed.
  void settle();

  static void widen(QueryLog::Span& span, double at_ms);
  const QueryLog::Span& span() const { return span_; }
  std::vector<QueryLog::OpenRequest> take_open() { return std::move(open_); }
  /// How many ids stand in an input before this one, of how many requests a part does, and which input that is.
  std::uint64_t shared() const { return shared_; }
  std::uint64_t split() const { return split_; }
  const std::string& other() const { return other_; }

 private:
  struct Other {
    QueryLog::OpenRequest request;
    std::size_t log = 0;
  };
  struct Log {
    std::string input;
    QueryLog::Span span;
    std::uint64_t continued_here = 0;   ///< requests that seem to begin there and to end here
    std::uint64_t continued_there = 0;  ///< the other way round
  };

  std::vector<Log> logs_;
  std::unordered_map<std::uint64_t, Other> others_;
  std::vector<QueryLog::OpenRequest> open_;
  QueryLog::Span span_;
  std::uint64_t shared_ = 0;
  std::uint64_t split_ = 0;
  std::string other_;
};

}  // namespace budgetcheck
