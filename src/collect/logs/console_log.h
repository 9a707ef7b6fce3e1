#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// Text that programs print, among which there are statements: Prisma's "prisma:query SELECT …", what handlers of its
/// events and other libraries write, printed objects (see text/text_statements.h); with colours, behind what docker,
/// journald or pm2 put before each line, or in objects of JSON.
Format console_log_format();

}  // namespace budgetcheck
