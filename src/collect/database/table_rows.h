#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// How many rows the tables have, as the user exported it: pg_stat_user_tables (relname, n_live_tup), pg_class
/// (relname, reltuples), MySQL's information_schema.tables (TABLE_NAME, TABLE_ROWS), sqlite_stat1 (tbl, idx, stat) or
/// simply table and rows, as CSV (also with ; or TAB), as the tables that psql and mysql print, or as a JSON list of
/// objects; or a JSON object {"tables": {"posts": 20000}}. Without being recognised, when the user says what it is:
/// {"posts": 20000}, and lines "posts,20000" without a header. A table that stands there twice has the larger count.
/// Unknown counts (-1, NULL) are passed over, and that is reported. Errors, with the line: what is not such a list, a
/// count that is not a number. Incomplete: no table, or no table with a row (statistics that nobody has gathered).
Format table_rows_format();

}  // namespace budgetcheck
