#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// What loadtest (npm) prints.
Format loadtest_format();

}  // namespace budgetcheck
