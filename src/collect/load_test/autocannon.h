#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// What `autocannon --json` prints: a result, a list of results, or one a line.
Format autocannon_format();

}  // namespace budgetcheck
