#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// What httperf prints.
Format httperf_format();

}  // namespace budgetcheck
