#pragma once

#include <string>
#include <string_view>

namespace budgetcheck::json {

/// Appends the text of a string as it stood between its quotes. False when an escape is malformed.
bool unescape(std::string_view raw, std::string& out);

}  // namespace budgetcheck::json
