#pragma once

#include <string_view>

namespace budgetcheck::personal {

/// False for a line that holds nothing to be found, as written: escapes of JSON are still in it. True says nothing.
/// FileContent::kGuard readable bytes follow the line.
bool may_hold_personal_data(std::string_view line);

}  // namespace budgetcheck::personal
