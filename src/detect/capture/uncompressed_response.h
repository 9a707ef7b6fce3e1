#pragma once

#include "detect/detect.h"

namespace budgetcheck {

/// Rule uncompressed-response: text of min_bytes or more that went over the wire as it is. One finding for each route
/// or file; needs the size on the wire (body, else headers and body) beside the decoded one.
void detect_uncompressed_response(const Facts& facts, const Rule& rule, std::vector<Finding>& findings);

}  // namespace budgetcheck
