#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// What `artillery run --output report.json` writes.
Format artillery_format();

}  // namespace budgetcheck
