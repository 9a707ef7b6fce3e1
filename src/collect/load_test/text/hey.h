#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// What hey prints, and its CSV (-o csv).
Format hey_format();

}  // namespace budgetcheck
