#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/location.h"
#include "json/value.h"

// Values of a collector's configuration, where any of them may be a variable: ${env:NAME}, ${NAME}, ${file:PATH}. What
// a variable stands for is not known here, whatever default is written beside it.

namespace budgetcheck::collector {

/// Whether the value is a text that has a variable in it.
bool is_variable(const json::Value& value);
inline bool is_variable(const json::Value* value) { return value != nullptr && is_variable(*value); }

/// What a setting says; `fallback` where it is not there; nothing where it is a variable or makes no sense.
std::optional<bool> truth_of(const json::Value* value, bool fallback);
std::optional<double> number_of(const json::Value* value, double fallback);

/// Its text without variables; empty where it is not there or not known.
std::string_view text_of(const json::Value* value);

/// The entries of a list; none where it is something else.
const json::Array& entries_of(const json::Value* value);

/// How many entries a list has; nothing where it is a variable, or one of them is.
std::optional<std::size_t> length_of(const json::Value* value);

/// Where the member `key` stands: its key where it has no place of its own.
Location place_of(const std::string& file, const json::Value& object, std::string_view key, const Location& otherwise);

}  // namespace budgetcheck::collector
