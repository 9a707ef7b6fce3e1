#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "json/value.h"

namespace budgetcheck {

/// Values of webpack's stats, whichever form they have.

/// A size or count as a bundler writes it; nothing for what none can be: negative, fractional, beyond 2^53.
std::optional<double> whole_number(const json::Value* value);
std::uint64_t whole_count_at(const json::Value& value, std::string_view key);
bool flag_at(const json::Value& value, std::initializer_list<std::string_view> keys);
bool is_array_at(const json::Value& value, std::string_view key);
/// The size of a module, which need not be whole; negative: not known.
double module_bytes(const json::Value& module);
/// A chunk's id: a number, or a name in development.
std::string chunk_id(const json::Value* value);

}  // namespace budgetcheck
