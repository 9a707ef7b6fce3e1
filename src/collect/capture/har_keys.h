#pragma once

#include <string>

#include "base/error.h"
#include "base/file_system.h"
#include "collect/http/keyed_request.h"

namespace budgetcheck {

/// Shows each request of a HAR with the value of a header (or of an argument of its URL); their number is their line.
/// Errors (kInput): it is not JSON, or holds more than kMaxHarEntries entries.
Expected<KeyedCounts> read_keyed_har(const std::string& path, const FileContent& content, const KeyPlace& key,
                                     const KeyPlace& plan, const TakeKeyedRequest& take);

}  // namespace budgetcheck
