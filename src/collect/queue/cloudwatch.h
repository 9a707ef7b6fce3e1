#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// SQS as `aws cloudwatch get-metric-data` writes it: results with Label, Timestamps and Values, the newest first or
/// not. A label is the queue's name, a space and the metric's: ApproximateNumberOfMessagesVisible, …NotVisible,
/// …Delayed, NumberOfMessagesDeleted (counts of a period; a missing one is 0). Errors: not JSON. Incomplete: labels
/// that name no queue, pages that are missing, partial data.
Format cloudwatch_format();

}  // namespace budgetcheck
