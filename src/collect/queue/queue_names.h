#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/input_spec.h"
#include "model/load/queue_facts.h"

namespace budgetcheck {

/// What a column, a key or a state of a poll counts: "waiting", "created", "unacked", "completed_total".
std::optional<QueueRole> role_of_name(std::string_view name);

/// A name of a team's own that counts something: of a field of a poll (a path: "counts.pending"), or of a metric.
struct MappedCount {
  std::string name;
  QueueRole role = QueueRole::kWaiting;
};
/// What the input's `fields` maps of waiting, active, delayed, finished and failed.
std::vector<MappedCount> mapped_counts(const InputSettings& settings);

/// How a series of Prometheus tells of queues.
struct QueueMetric {
  std::string_view name;
  std::optional<QueueRole> role;  ///< nothing: the label `state` says it
  std::string_view queue;         ///< the label that names the queue
};
/// Nothing: it is of no exporter that is known.
const QueueMetric* queue_metric(std::string_view name);

/// Labels that say who told it, not what of: several of them tell of the same queue.
bool is_label_of_target(std::string_view label);

}  // namespace budgetcheck
