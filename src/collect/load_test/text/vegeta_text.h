#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// What 'vegeta report' prints: the text, or the buckets of -type=hist.
Format vegeta_text_format();

}  // namespace budgetcheck
