#pragma once

#include <string>

namespace budgetcheck {

/// Now, as "2026-11-23T10:00:00Z", or what SOURCE_DATE_EPOCH says, so that a run can be repeated byte for byte.
std::string utc_now();
/// Its day: "2026-11-23".
std::string today_utc();

}  // namespace budgetcheck
