#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// What Prisma writes to the console with log: ['query']: "prisma:query SELECT …" among all other output of the
/// program, also with colours and with what docker, journald or pm2 put before each line. It names no parameters, no
/// times, and no request but in comments of the statements. Also the three lines that the handler in Prisma's
/// documentation writes (Query:, Params:, Duration:), and lines that docker's json-file driver has wrapped.
Format console_log_format();

}  // namespace budgetcheck
