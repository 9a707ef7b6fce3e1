#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// Structured logs that hold neither queries nor requests: a record is one object of JSON on a line, with a level or
/// with a message and a time, as pino, winston, bunyan, ECS loggers, structlog, loguru, tslog, Nest, zap, zerolog,
/// logrus and their like write it. Samples: logs.correlated by service and logger. Streams in flat memory, on several
/// threads. Lines that are no record are said and in no number; incomplete when most are none, or when all are.
Format structured_log_format();
/// The same of lines of `key=value`: logrus, go-kit, slog's text handler, winston's printf.
Format logfmt_format();

}  // namespace budgetcheck
