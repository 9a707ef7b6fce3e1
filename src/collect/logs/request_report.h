#pragma once

#include <cstdint>

#include "collect/format.h"
#include "collect/logs/request_pairs.h"
#include "collect/logs/request_times.h"
#include "collect/text/line_counts.h"

namespace budgetcheck {

/// What was seen of the lines of a log that may hold requests.
struct RequestLines {
  LineCounts counts;
  std::uint64_t before = 0;  ///< lines before the first request or JSON, which are not counted as read
  bool json = false;         ///< lines that could hold queries too
  double last_ms = -1;       ///< the latest time, since 1970

  /// Adds those of the next piece; `lines_before` lines precede it.
  void add(const RequestLines& next, std::uint32_t lines_before);
};

/// Appends the samples of a log's requests, and says of the input and of the facts what is missing. `among_others`: the
/// log is one of something else, and its other lines are no fault.
void report_requests(const Source& source, const RequestPairs& requests, const RequestLines& lines,
                     const RequestTimes& times, bool among_others, Input& input, Facts& facts);

}  // namespace budgetcheck
