#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "model/query_facts.h"

namespace budgetcheck {

/// Requests whose ids stand in inputs before this one too. Most are others, of another program or after a restart, that
/// were given the same number. Where the one log ends before the other begins and a request goes on across the cut, the
/// log was rotated: its statements are counted in two halves, and neither is right.
struct SharedRequests {
  std::uint64_t shared = 0;  ///< ids that stand in an input before this one
  std::uint64_t split = 0;   ///< requests of which a part does
  std::string other;         ///< which input that is
  bool at_least = false;     ///< ids in the middle of the log were not kept
};
/// Compares a log with those before it.
SharedRequests find_shared(const std::vector<QueryLog>& before, const QueryLog& log);

/// Remembers of a log's requests what the comparison takes: as many as there are while they are few, else those near
/// both ends of the log, where it may have been cut.
class PastRequests {
 public:
  static constexpr std::size_t kMost = 65'536;

  /// A statement was logged at `at_ms` (since 1970; negative: unknown).
  void passed(double at_ms) { widen(span_, at_ms); }
  /// The log holds no more of a request. One that is `traced` is known by a trace's id: several programs may log it,
  /// each its own statements, so it is none that was cut.
  void closed(const QueryLog::OpenRequest& request, bool traced);
  /// At the end of this input more of the request may follow in another.
  void still_open(const QueryLog::OpenRequest& request, bool traced);
  void append_to(QueryLog& log);

  static void widen(QueryLog::Span& span, double at_ms);

 private:
  void keep_ends();

  QueryLog::Span span_;
  std::vector<QueryLog::OpenRequest> open_;
  std::vector<QueryLog::OpenRequest> past_;
  std::size_t most_ = kMost;
  bool dropped_ = false;
};

}  // namespace budgetcheck
