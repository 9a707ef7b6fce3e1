#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// The summary of a run of k6 in any of its three forms: --summary-export, what handleSummary() is given, and
/// --new-machine-readable-summary.
Format k6_summary_format();

}  // namespace budgetcheck
