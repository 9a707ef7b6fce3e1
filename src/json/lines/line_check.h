#pragma once

#include <string_view>

namespace budgetcheck::json {

/// Whether the line is surely a document that parse_text takes. False also says that it is not sure: where texts hold
/// escapes or bytes that are not ASCII, numbers are long or have an exponent above zero, and objects lie deep in each
/// other. Several times faster than parsing. FileContent::kGuard readable bytes follow the line.
bool is_surely_json(std::string_view line);

}  // namespace budgetcheck::json
