#pragma once

#include <string>
#include <string_view>

namespace budgetcheck {

/// A string of a line of JSON with its escapes undone; as it stands when one of them is malformed.
std::string unescaped(std::string_view raw);

}  // namespace budgetcheck
