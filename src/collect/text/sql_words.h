#pragma once

#include <string_view>

namespace budgetcheck {

/// Whether a statement of SQL seems to stand in `text`: its first word and the one that must follow, on one line. For
/// advice only.
bool mentions_sql(std::string_view text);

}  // namespace budgetcheck
