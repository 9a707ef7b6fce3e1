#pragma once

#include "detect/detect.h"

namespace budgetcheck {

/// Rule oversized-response: JSON of more than max_bytes after decompression. One finding for each route. Where the
/// decoded size is not recorded, the size on the wire counts, which is never more.
void detect_oversized_response(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
