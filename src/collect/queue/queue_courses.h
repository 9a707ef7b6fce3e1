#pragma once

#include <string>

#include "model/facts.h"
#include "model/labels.h"

namespace budgetcheck {

/// Labels of what is measured of a queue.
Labels queue_labels(const std::string& queue, const std::string& service);

/// After all inputs: puts the readings of each queue together (see queue_courses.cpp for how), and measures
/// queue.depth, queue.active, queue.failures, queue.utilisation, queue.flow and queue.drain_time; what cannot be is
/// Unmeasured. Readings and jobs are used up.
void finish_queues(Facts& facts);

}  // namespace budgetcheck
