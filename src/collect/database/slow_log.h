#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// The slow query log of MySQL and MariaDB (log_output = FILE): each statement with its literals, its time, the rows it
/// examined and sent, and, where MariaDB's log_slow_verbosity has 'explain', the plan. Administrator commands are
/// passed over. A plan's tables are named by their alias in the statement, as EXPLAIN does; steps over derived tables
/// are none.
Format slow_log_format();

}  // namespace budgetcheck
