#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// Access logs: requests by route, how long they took, and how big the responses were where the log says so. One JSON
/// object a line (pino-http; Fastify, whose "incoming request" and "request completed" are joined by reqId; nginx,
/// Caddy and Traefik), or the Common or Combined Log Format. Streams in flat memory: open requests are bounded by
/// kMaxOpen. Static files are counted, but have no route.
///
/// A request without an end has no time, unless it began within kStillRunning of the log's end: then it was running
/// when the log was taken. Incomplete: no request at all, more broken lines than a tenth, more than a twentieth of the
/// ends without a beginning, more routes than kMaxPayloadGroups.
Format access_log_format();

}  // namespace budgetcheck
