#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// The statistics in a report of Gatling: js/stats.json or js/global_stats.json.
Format gatling_format();

}  // namespace budgetcheck
