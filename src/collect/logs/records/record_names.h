#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "json/lines/line_fields.h"

// Under which names loggers write what; for src/collect/logs/records only.
namespace budgetcheck::records {

enum class Role : std::uint8_t { kNone, kLevel, kMessage, kTime, kTrace, kSpan, kTraceparent };

/// What a field says of the record itself. Fields of a request or an answer in it say nothing: a caller's headers are
/// not the record's context.
Role role_of(const json::LineField& field);

/// How surely a field names the logger, or the service: the lowest is the best. kNever: it does not.
constexpr std::size_t kNever = SIZE_MAX;
std::size_t logger_rank(const json::LineField& field, bool is_python);
std::size_t service_rank(const json::LineField& field);

/// How Python's logging writes records: `name` is the logger then, and `module` a file.
bool is_python(const std::vector<json::LineField>& fields);
/// The library that writes such records; empty: not known.
std::string_view library_of(const std::vector<json::LineField>& fields);

}  // namespace budgetcheck::records
