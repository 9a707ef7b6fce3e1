#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// What siege prints at its end: JSON (-j), or the lines of old.
Format siege_format();

}  // namespace budgetcheck
