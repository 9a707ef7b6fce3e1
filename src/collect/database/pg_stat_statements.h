#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// An export of PostgreSQL's pg_stat_statements: CSV with a header (or with ; or TAB), a JSON list of objects, one
/// object a line, or what psql prints for people (aligned or expanded). It knows statements and how often they ran, but
/// no requests, no plans, and no single durations. The constants that it writes as parameters are put back where a
/// shape needs them (query/restore_constants.h).
Format pg_stat_statements_format();

}  // namespace budgetcheck
