#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// Locust's table of requests (--csv: NAME_stats.csv) and its statistics as JSON (--json).
Format locust_format();

}  // namespace budgetcheck
