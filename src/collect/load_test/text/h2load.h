#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// What h2load prints, and its log of requests (--log-file).
Format h2load_format();

}  // namespace budgetcheck
