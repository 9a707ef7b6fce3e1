#pragma once

#include <string_view>
#include <vector>

#include "json/value.h"

namespace budgetcheck {

/// The values that a program in JavaScript or TypeScript gives to `name` as a literal: `name: { … }` in an object, and
/// `name = { … }`, also of a constant that `name: CONSTANT` refers to. The program is not run. What is no literal (a
/// call, a name, a template with ${…}) is a null value at its place; comments and trailing commas are passed over.
/// Values and keys carry their line and column. `text` is at most kMostProgram bytes of it.
std::vector<json::Value> js_literals(std::string_view text, std::string_view name);

inline constexpr std::size_t kMostProgram = std::size_t{4} << 20;

}  // namespace budgetcheck
