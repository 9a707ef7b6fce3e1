#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// What `oha --output-format json` prints.
Format oha_format();

}  // namespace budgetcheck
