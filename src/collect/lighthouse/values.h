#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/value.h"

namespace budgetcheck {

/// The number, when there is one that is finite; else null (also for a null value).
const double* finite_number(const json::Value* value);

/// The strings of a list; none for anything else.
std::vector<std::string> strings_of(const json::Value* value);

/// A name of the file, safe to show: one line and not too long.
std::string shown_name(std::string_view name);
/// A sentence of the file in quotes, safe to show: as above, and without what the query strings of its URLs carry.
std::string quoted_text(std::string_view text);

}  // namespace budgetcheck
