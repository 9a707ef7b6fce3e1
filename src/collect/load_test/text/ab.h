#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// What ApacheBench prints, and its tables: percentiles (-e) and every request (-g).
Format ab_format();

}  // namespace budgetcheck
