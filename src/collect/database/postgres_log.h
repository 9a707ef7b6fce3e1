#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// What a PostgreSQL server logs of statements (log_min_duration_statement, log_statement) and of plans (auto_explain,
/// as JSON or text), in each form that it writes logs in: plain lines with any log_line_prefix, jsonlog and csvlog.
/// Requests are known only from comments in the SQL (sqlcommenter): a server process serves many.
/// Messages in other languages than English (lc_messages) are not read.
Format postgres_log_format();
Format postgres_jsonlog_format();
Format postgres_csvlog_format();

}  // namespace budgetcheck
