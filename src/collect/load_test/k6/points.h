#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// The points of a run of k6, one a line: `k6 run --out json=points.json`.
Format k6_points_format();
/// The same as a table: `k6 run --out csv=points.csv`.
Format k6_csv_format();

}  // namespace budgetcheck
