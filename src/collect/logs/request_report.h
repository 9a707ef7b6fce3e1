#pragma once

#include <cstdint>
#include <vector>

#include "collect/format.h"
#include "collect/logs/request_pairs.h"
#include "collect/logs/request_times.h"
#include "collect/text/line_counts.h"

namespace budgetcheck {

/// What was seen of the lines of a log that may hold requests.
struct RequestLines {
  static constexpr std::uint64_t kMostBefore = 50;

  LineCounts counts;
  std::uint64_t before = 0;  ///< lines before the first request or JSON, which are not counted as read
  bool json = false;         ///< lines that could hold queries too
  double last_ms = -1;       ///< the latest time, since 1970

  // Before its first request a log may hold what the program said when it began.
  bool began = false;                        ///< a request or JSON was seen
  std::uint64_t leading = 0;                 ///< lines before that, counted as broken so far
  std::vector<std::uint32_t> leading_lines;  ///< the first of them, one more than may be passed over
  std::uint32_t first_broken_behind = 0;     ///< the first of the other broken ones

  /// A line that is neither a request nor JSON.
  void add_broken(std::uint32_t line);
  /// Adds those of the next piece; `lines_before` lines precede it.
  void add(const RequestLines& next, std::uint32_t lines_before);
  /// After the last piece: passes over what stands before the first request.
  void settle();
  /// For the next piece, with the memory of this one.
  void clear();
};

/// Appends the samples of a log's requests, and says of the input and of the facts what is missing. `among_others`: the
/// log is one of something else, and its other lines are no fault.
void report_requests(const Source& source, const RequestPairs& requests, const RequestLines& lines,
                     const RequestTimes& times, bool among_others, Input& input, Facts& facts);

}  // namespace budgetcheck
