#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// Spans as OTLP writes them in JSON: one export request a line, or one document, also as Tempo and Jaeger hand them
/// out. Each span with db.query.text (or db.statement) is a statement.
Format otlp_format();
/// Spans as Zipkin's v2 API takes and gives them.
Format zipkin_format();

}  // namespace budgetcheck
