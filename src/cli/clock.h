#pragma once

#include <string>

namespace budgetcheck {

/// Now, as RFC 3339 in UTC; or what SOURCE_DATE_EPOCH says, so that a run can be repeated byte for byte.
std::string utc_now();

}  // namespace budgetcheck
