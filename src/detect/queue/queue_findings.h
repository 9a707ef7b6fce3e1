#pragma once

#include <vector>

#include "model/facts.h"
#include "model/finding.h"
#include "model/rule.h"

namespace budgetcheck {

/// The rules queue-growing, queue-stalled and queue-saturated. Of one queue at most one of them is told, the worst: a
/// stalled queue grows, and a growing one is saturated. Saturation of a queue with a declared max_utilisation is left
/// to that limit. The subject is the queue's name.
void detect_queue_growing(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);
void detect_queue_stalled(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);
void detect_queue_saturated(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

/// Of queue-stalled: queues that are paused on purpose, and declared ones that no input tells of.
void note_queues(const Facts& facts, const Rule& rule, std::vector<std::string>& notes);

}  // namespace budgetcheck
