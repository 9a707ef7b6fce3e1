#pragma once

#include <string>
#include <string_view>

namespace budgetcheck::console {

/// A statement of Python's database interface with its placeholders (%s, %(name)s) as '?', and `params` in their order.
std::string without_python_marks(std::string_view sql, std::string_view raw_params, std::string& params);

}  // namespace budgetcheck::console
