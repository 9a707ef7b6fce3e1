#pragma once

#include "model/facts.h"
#include "model/load/queue_facts.h"

namespace budgetcheck {

/// Adds the samples queue.* of one course to `facts`, and why those are missing that it does not tell. `has_jobs`: the
/// times of its jobs are told, and queue.wait and queue.processing measured with them.
void measure_queue(const QueueCourse& course, bool has_jobs, Facts& facts);

}  // namespace budgetcheck
