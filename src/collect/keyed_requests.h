#pragma once

#include <string>

#include "base/error.h"
#include "base/file_system.h"
#include "collect/http/keyed_request.h"

namespace budgetcheck {

/// Shows each request of an access log or a HAR with its key, in the order of the file; gzip is unpacked. Errors
/// (kInput): it cannot be read, or holds no requests.
Expected<KeyedCounts> read_keyed_requests(const FileSystem& files, const std::string& path, const KeyPlace& key,
                                          const KeyPlace& plan, const TakeKeyedRequest& take);

}  // namespace budgetcheck
