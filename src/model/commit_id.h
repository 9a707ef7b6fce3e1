#pragma once

#include <string>
#include <string_view>

namespace budgetcheck {

/// 40 lower-case hexadecimal digits.
bool is_commit_id(std::string_view text);
/// The first digits, for people.
std::string short_id(const std::string& commit);

}  // namespace budgetcheck
