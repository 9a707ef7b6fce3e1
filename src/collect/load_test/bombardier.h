#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// What `bombardier --print result --format json` prints.
Format bombardier_format();

}  // namespace budgetcheck
