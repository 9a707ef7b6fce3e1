#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// What `vegeta report -type=json` writes.
Format vegeta_report_format();
/// Results of a run, one a line: `vegeta encode --to json`.
Format vegeta_results_format();

}  // namespace budgetcheck
