#pragma once

#include <string_view>

namespace budgetcheck {

/// True for a day that exists, written YYYY-MM-DD. Such texts compare like the days they name.
bool is_date(std::string_view text);

}  // namespace budgetcheck
