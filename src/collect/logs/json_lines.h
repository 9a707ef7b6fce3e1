#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// Logs with one JSON object a line, some of which carry a statement: Prisma's $on('query') events, pino, winston
/// and their like. Streams in flat memory. Samples per route: queries.count, queries.distinct and queries.time over
/// requests, queries.duration over statements; facts.queries.logs gets what repeats.
Format prisma_log_format();

}  // namespace budgetcheck
