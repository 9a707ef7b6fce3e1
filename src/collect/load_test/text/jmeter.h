#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// JMeter's results: a JTL as CSV or XML, and statistics.json of its dashboard.
Format jmeter_format();

}  // namespace budgetcheck
