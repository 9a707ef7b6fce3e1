#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// What wrk and wrk2 print.
Format wrk_format();

}  // namespace budgetcheck
