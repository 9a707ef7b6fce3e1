#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// A user flow: {name, steps: [{name, lhr}]}. Each step is a result of its own with the label step besides.
Format lighthouse_flow_format();

}  // namespace budgetcheck
