#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/sample.h"
#include "report/words/page.h"

namespace budgetcheck {

/// What the samples queue.* say of one queue; nothing: it was not measured.
struct QueueRow {
  std::string queue;
  std::string service;
  std::optional<double> depth_median;
  std::optional<double> depth_most;
  std::optional<double> wait_p95_ms;
  std::optional<double> utilisation;
  std::optional<double> flow;
  std::optional<double> drain_ms;
  bool never_drains = false;
};

/// Those that are deepest first.
std::vector<QueueRow> queue_rows(const std::vector<Sample>& samples);

/// Of one row, in this order: median and highest number of waiting jobs, p95 of the wait, utilisation, finished for
/// each that arrived, time to empty. "-" where it was not measured.
std::vector<std::string> queue_cells(const QueueRow& row);
const std::vector<std::string_view>& queue_heads();

/// The rows as a table of text.
void write_queues(Page& page, const std::vector<QueueRow>& rows, std::size_t most);

}  // namespace budgetcheck
