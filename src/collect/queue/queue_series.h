#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// Answers of Prometheus to queries for what exporters tell of queues (BullMQ, Bull, RabbitMQ, Sidekiq, Celery, SQS):
/// JSON of /api/v1/query_range, or of /api/v1/query. Labels of targets (instance, pod, …) do not make another queue,
/// and what several targets tell of one is not added up; RabbitMQ's vhosts do. Several files together tell of one
/// queue. `fields` maps the names of a team's own metrics: queue (the label), waiting, active, delayed, finished,
/// failed (the metrics). Errors: not JSON; an answer that says it failed; expressions, which have no name.
Format queue_query_format();

/// The same metrics as an exporter's text, scraped several times into several files. Samples without a time tell only
/// their order, by the number at the end of the file's name ("bullmq-30.prom").
Format queue_exposition_format();

/// What the two formats do with a file, for inputs whose names are mapped; false: it is neither.
bool is_queue_series(const Source& source);
Expected<void> collect_queue_series(const Source& source, const CollectContext& context, Input& input, Facts& facts);

}  // namespace budgetcheck
