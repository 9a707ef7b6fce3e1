#pragma once

#include "base/file_system.h"
#include "collect/http/keyed_request.h"

namespace budgetcheck {

/// Shows each request of an access log, in any format that access_log.h names, in the order of the log; in flat memory.
/// Where a beginning and an end are lines of their own, the beginning is the request.
KeyedCounts read_keyed_lines(const FileContent& content, const KeyPlace& key, const KeyPlace& plan,
                             const TakeKeyedRequest& take);

}  // namespace budgetcheck
