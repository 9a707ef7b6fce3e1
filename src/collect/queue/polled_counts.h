#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// Counts of jobs that a script polled: JSON objects one a line or in one list, or a table (CSV) with a header. Wide:
/// a row names the time, the queue and counts ("waiting", "active", …, also within an object "counts"). Long: a row
/// names the time, the queue, a state and how many jobs are in it. In place of these: one row a job, with the times at
/// which it was added, taken and finished. Names are those of BullMQ, Bull, pg-boss, graphile-worker, Sidekiq, Celery,
/// RabbitMQ and SQS; others are mapped with the setting `fields` (queue, time, waiting, active, finished, failed,
/// delayed, state, count). The setting `service` is a label. Errors: a table without these columns.
Format polled_counts_format();
/// The same, where `fields` names the queue: such a file is read as nothing else.
Format mapped_counts_format();

}  // namespace budgetcheck
